import GroundSegment
import Testing

@Suite("WallClock")
struct WallClockTests {
    @Test("a clock that was set stands still")
    func clockWas() {
        #expect(WallClock(MJD(61409.5)).now == MJD(61409.5))
        #expect(WallClock(MJD(61409.5)) == .fixed(MJD(61409.5)))
    }

    @Test("without an instant it is the machine's clock")
    func withoutInstant() throws {
        let clock = WallClock(nil)
        #expect(clock == .system)
        #expect(clock.now > (try #require(MJD(iso8601: "2026-01-01"))))
    }
}
