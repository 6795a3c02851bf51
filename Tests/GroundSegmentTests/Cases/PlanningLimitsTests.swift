import GroundSegment
import Testing

@Suite("Limits of what a plan can hold")
struct PlanningLimitsTests {
    @Test("every instant has a date of four-digit years")
    func instants() {
        #expect(MJD(PlanningLimits.instant.lowerBound).date == "0001-01-01")
        #expect(MJD(PlanningLimits.instant.upperBound).date == "9999-12-31")
        #expect(MJD(PlanningLimits.period.lowerBound).date == "1970-01-01")
        #expect(MJD(PlanningLimits.period.upperBound).date == "2130-01-01")
    }

    @Test(
        "a number beyond the integers becomes the nearest one",
        arguments: [
            (2.9, 2), (-2.9, -2), (1e300, Int.max), (-1e300, Int.min), (.nan, 0),
            (.infinity, Int.max), (9e18, 9_000_000_000_000_000_000),
        ])
    func saturating(value: Double, expected: Int) {
        #expect(Int(saturating: value) == expected)
    }
}
