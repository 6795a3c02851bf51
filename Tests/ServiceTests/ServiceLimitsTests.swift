import Testing

@testable import Service

@Suite("Service limits")
struct ServiceLimitsTests {
    @Test("the body limit has room for the most positions, at 60 bytes each")
    func room() {
        let limits = ServiceLimits()
        #expect(limits.bodyBytes >= limits.positions * 60)
    }
}
