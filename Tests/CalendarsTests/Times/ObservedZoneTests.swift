import Foundation
import Testing

@testable import Calendars

@Suite("ObservedZone")
struct ObservedZoneTests {
    /// The occurrences of an hour at 08:00 on some days of 2027 in a zone whose STANDARD part, of
    /// which the rule is on line 8, has other lines; and the faults.
    private func read(
        _ replaced: String = "", by line: String = "", tzid: String = "X",
        _ days: String = "20270112T080000,20270712T080000"
    ) -> (occurrences: [String], faults: [String]) {
        let zone = """
            BEGIN:VCALENDAR
            BEGIN:VTIMEZONE
            TZID:\(tzid)
            BEGIN:STANDARD
            DTSTART:19701025T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:19700329T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
            END:DAYLIGHT
            END:VTIMEZONE

            """
        let first = days.split(separator: ",").first ?? ""
        let event = event(
            "DTSTART;TZID=\"\(ContentLine.unescaped(tzid))\":\(first)", "DURATION:PT1H",
            "RDATE;TZID=\"\(ContentLine.unescaped(tzid))\":\(days)")
        let text = replaced.isEmpty ? zone : zone.replacingOccurrences(of: replaced, with: line)
        return CalendarsTests.read(Data((text + event + "END:VCALENDAR\n").utf8))
    }

    @Test("an observance's rule says which offset is in force")
    func offsets() {
        let result = read()
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0112T070000/0112T080000", "0712T060000/0712T070000"])
    }

    @Test("before the first observance its TZOFFSETFROM is in force")
    func before() {
        #expect(
            read("X", by: "X", "19600712T080000").occurrences == [
                "19600712T070000/19600712T080000"
            ])
    }

    @Test("skipped and repeated hours are by the offset before")
    func changes() {
        #expect(
            read("X", by: "X", "20270328T023000,20270328T030000,20271031T023000").occurrences == [
                "0328T010000/0328T020000", "0328T013000/0328T023000", "1031T003000/1031T013000",
            ])
    }

    @Test(
        "a zone is found by its text",
        arguments: ["(UTC+01:00) Amsterdam\\, Berlin\\, Bern", "A\\;B", "Site Time"])
    func names(tzid: String) {
        let result = read(tzid: tzid)
        #expect(result.faults.isEmpty)
        #expect(result.occurrences.first == "0112T070000/0112T080000")
    }

    @Test("an UNTIL in UTC ends an observance's rule")
    func until() {
        let rule = "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
        let result = read(rule, by: rule + ";UNTIL=20260329T010000Z")
        #expect(result.occurrences.last == "0712T070000/0712T080000")
        #expect(result.faults.isEmpty)
    }

    @Test("offsets may have seconds and be west")
    func seconds() {
        let result = read("TZOFFSETTO:+0100", by: "TZOFFSETTO:-033015")
        #expect(result.faults.isEmpty)
        #expect(result.occurrences.first == "0112T113015/0112T123015")
    }

    @Test(
        "a fault inside it is told with its line, alone",
        arguments: [
            ("FREQ=YEARLY;BYMONTH=10", "FREQ=YEARY;BYMONTH=10", "8: RRULE: found \"FREQ=YEARY"),
            ("BYMONTH=10", "BYMONTH=O", "8: RRULE: found \"FREQ=YEARLY;BYMONTH=O"),
            ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=1e999", "8: RRULE: found \"FREQ=1E999\""),
            (
                "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=SECONDLY",
                "8: RRULE: found more than 10000"
            ),
            (
                "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=MINUTELY",
                "8: RRULE: found more than 10000"
            ),
            ("19701025T030000", "19701325T030000", "5: DTSTART: found \"19701325T030000\""),
            ("19701025T030000", "", "5: DTSTART: found \"\""),
            ("19701025T030000", "19701025", "5: DTSTART: found \"19701025\""),
            ("19701025T030000", "19701025T030000Z", "5: DTSTART: found \"19701025T030000Z\""),
            ("TZOFFSETTO:+0100", "TZOFFSETTO:+01x0", "7: TZOFFSETTO: found \"+01x0\""),
            ("TZOFFSETTO:+0100", "TZOFFSETTO:+9999", "7: TZOFFSETTO: found \"+9999\""),
            ("TZOFFSETTO:+0100", "TZOFFSETTO:0100", "7: TZOFFSETTO: found \"0100\""),
            ("TZOFFSETTO:+0100", "TZOFFSETTO:-0000", "7: TZOFFSETTO: found \"-0000\""),
            ("TZOFFSETTO:+0100", "TZOFFSETTO:", "7: TZOFFSETTO: found \"\""),
            ("TZOFFSETTO:+0100", "TZOFFSETTO:+", "7: TZOFFSETTO: found \"+\""),
            ("TZOFFSETTO:+0100", "COMMENT:none", "2: VTIMEZONE X: found no full STANDARD"),
            (
                "RRULE:FREQ=YEARLY;BYMONTH=10", "RRULF:FREQ=YEARLY;BYMONTH=10",
                "8: RRULF: found an unknown property"
            ),
            (
                "RRULE:FREQ=YEARLY;BYMONTH=10",
                "EXDATE:20201025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10",
                "8: EXDATE: found it in a time zone"
            ),
            ("TZID:X\n", "", "2: TZID: found nothing"),
        ])
    func faults(replaced: String, line: String, fault: String) {
        let result = read(replaced, by: line)
        #expect(result.faults.first?.hasPrefix(fault) ?? false)
        #expect(result.faults.count == (replaced == "TZID:X\n" ? 2 : 1))
    }

    @Test("two zones of one TZID are a fault")
    func twice() {
        let zone =
            "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
        #expect(
            CalendarsTests.read(events: zone + zone).faults == [
                "12: TZID: found \"X\" a second time, expected each zone once"
            ])
    }
}
