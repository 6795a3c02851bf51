import GroundSegment
import Testing

@Suite("Quantity")
struct QuantityTests {
    @Test("quantities of one kind add, scale, compare and divide")
    func arithmetic() {
        let work = CoreHours(3) + CoreHours(4) * 2 - CoreHours(1)
        #expect(work == CoreHours(10))
        #expect(work / CoreHours(4) == 2.5)
        #expect(CoreHours.zero < work)
    }
}
