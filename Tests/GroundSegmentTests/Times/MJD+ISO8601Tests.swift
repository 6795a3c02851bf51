import GroundSegment
import Testing

@Suite("MJD as ISO 8601")
struct MJDISO8601Tests {
    @Test(
        "every form of date, time and zone is read",
        arguments: [
            ("2027-01-04", 61409.0), ("2027-01-04T12:00", 61409.5), ("2027-01-04 12:00", 61409.5),
            ("2027-01-04T12:00:00", 61409.5), ("2027-01-04T12:00:00Z", 61409.5),
            ("2027-01-04T13:00:00+01:00", 61409.5), ("2027-01-04T13:00:00+0100", 61409.5),
            ("2027-01-04T13:00:00+01", 61409.5), ("2027-01-04T06:30-05:30", 61409.5),
            ("2027-01-03T22:00:00-14:00", 61409.5), ("2027-01-04T12:00:00.000", 61409.5),
            ("2027-01-04T12:00:43.2Z", 61409.5005), ("2027-01-04T12:00:43,2Z", 61409.5005),
            ("2027-01-04T24:00:00", 61410), ("2016-12-31T23:59:60Z", 57754),
            ("1858-11-17", 0), ("1858-11-16T12:00Z", -0.5), ("2000-02-29", 51603),
        ])
    func reads(text: String, mjd: Double) throws {
        let found = try #require(MJD(iso8601: text))
        #expect(abs(found.days - mjd) < 1e-9)
    }

    @Test(
        "what names no instant is refused",
        arguments: [
            ("", "empty"), ("yesterday", "no date"), ("2027-13-01", "month 13"),
            ("2027-00-01", "month 0"), ("2027-02-29", "no leap year"), ("2027-04-31", "day 31"),
            ("2027-01-00", "day 0"), ("1900-02-29", "no leap year"), ("2027-1-4", "one digit"),
            ("2027-01-04T", "no time"), ("2027-01-04T12", "no minutes"),
            ("2027-01-04T25:00", "hour 25"), ("2027-01-04T24:00:01", "beyond the day"),
            ("2027-01-04T12:60", "minute 60"), ("2027-01-04T12:00:61", "second 61"),
            ("2027-01-04T12:00:00.", "no fraction"), ("2027-01-04T12:00:00X", "unknown zone"),
            ("2027-01-04T12:00:00+24:00", "zone beyond 23"), ("2027-01-04T12:00:00+01:60", "zone"),
            ("2027-01-04T12:00:00Z ", "trailing blank"), ("2027-01-04Z", "zone without time"),
            ("２０２７-01-04", "other digits"),
        ])
    func refuses(text: String, reason: String) {
        #expect(MJD(iso8601: text) == nil, "\(reason)")
    }

    @Test(
        "an instant is written in UTC to the nearest second",
        arguments: [
            (61409.0, "2027-01-04T00:00:00Z"), (61409.999999, "2027-01-05T00:00:00Z"),
            (61409.5 + 0.4 / 86400, "2027-01-04T12:00:00Z"), (0, "1858-11-17T00:00:00Z"),
            (-0.5, "1858-11-16T12:00:00Z"), (51603.25, "2000-02-29T06:00:00Z"),
        ])
    func writes(mjd: Double, text: String) {
        #expect(MJD(mjd).iso8601 == text)
    }

    @Test("what is written reads back, on every day of 400 years")
    func roundTrip() {
        for day in stride(from: -20000.0, through: 130_000, by: 1) {
            let instant = MJD(day + 0.75)
            #expect(MJD(iso8601: instant.iso8601) == instant)
        }
    }

    @Test("a date is that of the instant's day, also before 1970")
    func dates() {
        #expect(MJD(61409.99999).date == "2027-01-04")
        #expect(MJD(40586.5).date == "1969-12-31")
    }

    @Test(
        "an instant is exact to the microsecond, there and back",
        arguments: [
            "2026-11-21T19:37:43.203785Z", "2026-11-21T23:59:59.999999Z",
            "2026-01-01T00:00:00.000000Z", "1969-12-31T23:59:59.500000Z",
        ])
    func exact(text: String) throws {
        #expect(try #require(MJD(iso8601: text)).exactISO8601 == text)
    }
}
