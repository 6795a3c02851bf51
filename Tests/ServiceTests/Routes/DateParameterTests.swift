import GroundSegment
import Testing
import WebService

@testable import Service

@Suite struct DateParameterTests {
    @Test(
        "a time has one space before its time of day; another was the plus of its zone",
        arguments: [
            ("2027-04-01 00:00:00", 0), ("2027-04-01T00:00:00", 0), ("2027-04-01", 0),
            ("2027-04-01T00:00:00Z", 0), ("2027-04-01 12:00", 0.5),
            ("2027-04-01T02:00:00+02:00", 0), ("2027-04-01T02:00:00 02:00", 0),
            ("2027-04-01 02:00:00 02:00", 0), ("2027-04-01 02:00:00 0200", 0),
            ("2027-04-01T02:00 02", 0), ("2027-04-01T02:00:00-02:00", 4.0 / 24),
            (" 2027-04-01 ", 0), ("2027-04-01 00:00:00 02:00 ", -2.0 / 24),
            ("2027-04-01T02:00:00  02:00", nil), ("2027-04-01 02:00:00 02:00 1", nil),
            ("2027-04-01  02:00", nil), ("2027-04-01 02:00:00 Z", nil), ("2027 04 01", nil),
            ("T ", nil), ("", nil), ("today", nil),
        ] as [(String, Double?)])
    func dates(_ text: String, _ days: Double?) {
        let found = FormValue.date(text).map { $0.days - 61496 }
        #expect(found.map { ($0 * 86400).rounded() } == days.map { ($0 * 86400).rounded() })
    }
}
