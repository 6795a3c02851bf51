import GroundSegment
import Testing

@testable import Execution

@Suite struct OutageHoldsTests {
    /// 2027-02-01 to 2027-02-03, and a later one.
    private static let outages = [
        TimeWindow(start: MJD(61500), end: MJD(61501)),
        TimeWindow(start: MJD(61437), end: MJD(61439)),
    ]
    /// One hour, twelve hours, and three days.
    private static let holds = OutageHolds(
        outages: outages, walltimes: ["short": 3600, "long": 43_200, "endless": 259_200])

    @Test("a pipeline is held from when on its declared end lies in the next outage")
    func held() {
        let begins = "the outage that begins 2027-02-01T00:00:00Z"
        #expect(Self.holds.reasons(at: MJD(61430)).isEmpty)
        #expect(
            Self.holds.reasons(at: MJD(61436)) == ["endless": "would end in \(begins)"])
        #expect(
            Self.holds.reasons(at: MJD(61436.75)) == [
                "long": "would end in \(begins)",
                "endless": "would not end before \(begins)",
            ])
        // Twelve hours before the outage twelve hours are just enough.
        #expect(Self.holds.reasons(at: MJD(61436.5))["long"] == nil)
        #expect(Self.holds.reasons(at: MJD(61436.5 + 0.001))["long"] != nil)
    }

    @Test("in an outage nothing is started, and after it the next one counts")
    func within() {
        let reasons = Self.holds.reasons(at: MJD(61438))
        #expect(reasons.count == 3)
        #expect(
            Set(reasons.values) == ["waits for the end of the outage at 2027-02-03T00:00:00Z"])
        #expect(Self.holds.reasons(at: MJD(61439)).isEmpty)
        #expect(Self.holds.reasons(at: MJD(61499)).keys.sorted() == ["endless"])
        #expect(Self.holds.reasons(at: MJD(61502)).isEmpty)
    }
}
