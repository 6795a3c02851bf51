import GroundSegment
import Testing

@Suite("TimeScale")
struct TimeScaleTests {
    @Test(
        "TAI and TT become UTC by the leap seconds of their date",
        arguments: [
            ("2027-03-15T00:00:17", .tai, "2027-03-14T23:59:40Z"),
            ("2027-03-15T00:00:37", .tai, "2027-03-15T00:00:00Z"),
            ("2027-03-15T00:01:09.184", .tt, "2027-03-15T00:00:00Z"),
            ("2017-01-01T00:00:37", .tai, "2017-01-01T00:00:00Z"),
            ("2017-01-01T00:00:35", .tai, "2016-12-31T23:59:59Z"),
            ("2016-12-31T00:00:00", .tai, "2016-12-30T23:59:24Z"),
            ("1999-01-01T00:01:04.184", .tt, "1999-01-01T00:00:00Z"),
            ("1972-01-01T00:00:10", .tai, "1972-01-01T00:00:00Z"),
            ("2027-03-15T00:00:17", .utc, "2027-03-15T00:00:17Z"),
        ] as [(String, TimeScale, String)])
    func instants(text: String, scale: TimeScale, utc: String) throws {
        let given = try #require(MJD(iso8601: text))
        let instant = try #require(MJD(given.days, on: scale))
        #expect(instant.iso8601 == utc)
        #expect(instant == MJD(iso8601: utc))
    }

    @Test("within a leap second it is the second after it")
    func leapSecond() throws {
        let given = try #require(MJD(iso8601: "2017-01-01T00:00:36"))
        #expect(MJD(given.days, on: .tai)?.iso8601 == "2017-01-01T00:00:00Z")
    }

    @Test("before 1972 neither TAI nor TT is converted; UTC is as it is")
    func early() {
        #expect(MJD(41317, on: .tai) == nil)
        #expect(MJD(41317.0003, on: .tt) == nil)
        #expect(MJD(40000, on: .utc) == MJD(40000))
        #expect(MJD(.nan, on: .tai) == nil)
    }
}
