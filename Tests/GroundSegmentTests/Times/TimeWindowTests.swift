import GroundSegment
import Testing

@Suite("TimeWindow")
struct TimeWindowTests {
    private let window = TimeWindow(start: MJD(10), end: MJD(12))

    @Test(
        "a window holds its start and not its end",
        arguments: [
            (9.999, false), (10, true), (11.999, true), (12, false),
        ])
    func contains(instant: Double, isInside: Bool) {
        #expect(window.contains(MJD(instant)) == isInside)
    }

    @Test("windows that only touch share nothing")
    func touching() {
        #expect(window.intersection(TimeWindow(start: MJD(12), end: MJD(13))) == nil)
        #expect(
            window.intersection(TimeWindow(start: MJD(11), end: MJD(13)))
                == TimeWindow(start: MJD(11), end: MJD(12)))
    }
}
