import Documents
import Foundation
import GroundSegment
import Testing

@testable import Ingestion

@Suite("MaintenanceCalendar")
struct MaintenanceCalendarTests {
    private let span = TimeWindow(start: MJD(55197), end: MJD(69807))  // 2010 to 2050

    /// The windows of a calendar as "start end availability", and its faults.
    private func read(_ events: String) -> (windows: [String], faults: [String]) {
        readFile("BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n")
    }

    private func readFile(_ text: String) -> (windows: [String], faults: [String]) {
        let faults = FaultLog(file: "a.ics")
        let windows = MaintenanceCalendar.read(Data(text.utf8), within: span, faults: faults)
        return (
            windows.map { window in
                "\(window.window.start) \(window.window.end)"
                    + " \(PlainText.number(window.availability))"
            },
            faults.diagnostics.map(\.description)
        )
    }

    private func event(_ lines: String...) -> String {
        (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).map { $0 + "\n" }.joined()
    }

    @Test("08:00 in Rome is an hour later in UTC from November on")
    func summerTime() {
        let result = read(
            event(
                "DTSTART;TZID=Europe/Rome:20261012T080000",
                "DTEND;TZID=Europe/Rome:20261012T180000",
                "RRULE:FREQ=MONTHLY;COUNT=3", "X-SGS-AVAILABILITY:0.5"))
        #expect(result.faults.isEmpty)
        #expect(
            result.windows == [
                "2026-10-12T06:00:00Z 2026-10-12T16:00:00Z 0.5",
                "2026-11-12T07:00:00Z 2026-11-12T17:00:00Z 0.5",
                "2026-12-12T07:00:00Z 2026-12-12T17:00:00Z 0.5",
            ])
    }

    @Test("a VTIMEZONE of the file counts, whatever its name")
    func ownZone() {
        let zone = """
            BEGIN:VTIMEZONE
            TZID:Site Time
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
        let result = read(
            zone
                + event(
                    "DTSTART;TZID=\"Site Time\":20270327T080000", "DURATION:PT2H",
                    "RRULE:FREQ=DAILY;COUNT=2"))
        #expect(result.faults.isEmpty)
        #expect(
            result.windows == [
                "2027-03-27T07:00:00Z 2027-03-27T09:00:00Z 0",
                "2027-03-28T06:00:00Z 2027-03-28T08:00:00Z 0",
            ])
    }

    @Test("dates are whole days in UTC, and a date alone is one day")
    func allDay() {
        let result = read(
            event("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270303")
                + event("DTSTART;VALUE=DATE:20270401", "X-SGS-AVAILABILITY:0.25"))
        #expect(
            result.windows == [
                "2027-03-01T00:00:00Z 2027-03-03T00:00:00Z 0",
                "2027-04-01T00:00:00Z 2027-04-02T00:00:00Z 0.25",
            ])
    }

    @Test("times without a zone are UTC, and DURATION stands for DTEND")
    func floating() {
        let result = read(event("DTSTART:20270301T080000", "DURATION:P1DT12H"))
        #expect(result.windows == ["2027-03-01T08:00:00Z 2027-03-02T20:00:00Z 0"])
    }

    @Test("a cancelled event is no window")
    func cancelled() {
        let result = read(
            event("DTSTART:20270301T080000Z", "DURATION:PT1H", "STATUS:CANCELLED")
                + event("DTSTART:20270302T080000Z", "DURATION:PT1H", "STATUS:CONFIRMED"))
        #expect(result.windows == ["2027-03-02T08:00:00Z 2027-03-02T09:00:00Z 0"])
        #expect(result.faults.isEmpty)
    }

    @Test("EXDATE takes occurrences away: by instant, in another zone and by day")
    func exceptions() {
        let result = read(
            event(
                "DTSTART;TZID=Europe/Rome:20270301T080000", "DURATION:PT1H",
                "RRULE:FREQ=DAILY;COUNT=5",
                "EXDATE;TZID=Europe/Rome:20270302T080000", "EXDATE:20270303T070000Z",
                "EXDATE;VALUE=DATE:20270304"))
        #expect(
            result.windows == [
                "2027-03-01T07:00:00Z 2027-03-01T08:00:00Z 0",
                "2027-03-05T07:00:00Z 2027-03-05T08:00:00Z 0",
            ])
    }

    @Test("RECURRENCE-ID replaces one occurrence, and a higher SEQUENCE an event")
    func replacements() {
        let result = read(
            event("UID:a", "DTSTART:20270301T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
                + event(
                    "UID:a", "RECURRENCE-ID:20270308T080000Z", "DTSTART:20270309T100000Z",
                    "DURATION:PT2H", "X-SGS-AVAILABILITY:0.5")
                + event(
                    "UID:a", "RECURRENCE-ID:20270315T080000Z", "DTSTART:20270315T080000Z",
                    "DURATION:PT2H", "STATUS:CANCELLED")
                + event("UID:b", "SEQUENCE:1", "DTSTART:20280301T080000Z", "DURATION:PT1H")
                + event("UID:b", "SEQUENCE:2", "DTSTART:20280302T080000Z", "DURATION:PT1H"))
        #expect(result.faults.isEmpty)
        #expect(
            result.windows == [
                "2027-03-01T08:00:00Z 2027-03-01T09:00:00Z 0",
                "2027-03-09T10:00:00Z 2027-03-09T12:00:00Z 0.5",
                "2028-03-02T08:00:00Z 2028-03-02T09:00:00Z 0",
            ])
    }

    @Test("RDATE adds occurrences, also periods with a length of their own")
    func additions() {
        let result = read(
            event(
                "DTSTART:20270301T080000Z", "DURATION:PT1H", "RDATE:20270310T080000Z",
                "RDATE;VALUE=PERIOD:20270322T080000Z/PT3H"))
        #expect(
            result.windows == [
                "2027-03-01T08:00:00Z 2027-03-01T09:00:00Z 0",
                "2027-03-10T08:00:00Z 2027-03-10T09:00:00Z 0",
                "2027-03-22T08:00:00Z 2027-03-22T11:00:00Z 0",
            ])
    }

    @Test("a rule without end is expanded within the span only")
    func endless() {
        let result = read(
            event("DTSTART:20000101T000000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY"))
        #expect(result.windows.count == 40)
        #expect(result.windows.first == "2010-01-01T00:00:00Z 2010-01-01T01:00:00Z 0")
        #expect(result.windows.last == "2049-01-01T00:00:00Z 2049-01-01T01:00:00Z 0")
    }

    @Test("folded lines are joined, also within a character")
    func folded() {
        let text =
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2027\r\n 0301T080000Z\r\nDURATION:PT1H\r\nSUMMARY:Caf\u{E9} closed\\, o\r\n\tften\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        var bytes = Array(text.utf8)
        if let middle = bytes.firstIndex(of: 0xA9) {
            bytes.insert(contentsOf: [13, 10, 32], at: middle)
        }
        let faults = FaultLog(file: "a.ics")
        let windows = MaintenanceCalendar.read(Data(bytes), within: span, faults: faults)
        #expect(windows.map(\.summary) == ["Caf\u{E9} closed, often"])
        #expect(faults.isEmpty)
    }

    @Test(
        "a malformed event is told with its line",
        arguments: [
            ("DURATION:PT1H", "3: DTSTART: found nothing, expected the start of the event"),
            ("DTSTART:20270301T080000Z", "3: DTEND: found nothing, expected DTEND or DURATION"),
            (
                "DTSTART:20270301T080000Z\nDTEND:20270301T080000Z",
                "5: DTEND: found \"20270301T080000Z\", expected a time after DTSTART"
            ),
            (
                "DTSTART:20270301T080000Z\nDTEND:20270302",
                "5: DTEND: found \"20270302\", expected a date and time, as DTSTART is"
            ),
            (
                "DTSTART:20270301T080000Z\nDTEND:20270302T080000Z\nDURATION:PT1H",
                "5: DTEND: found DTEND beside DURATION, expected one of them"
            ),
            (
                "DTSTART:20270230T080000Z\nDURATION:PT1H",
                "4: DTSTART: found \"20270230T080000Z\", expected a date or time such as 20270112 or 20270112T080000Z"
            ),
            (
                "DTSTART;TZID=Mars/Olympus:20270301T080000\nDURATION:PT1H",
                "4: DTSTART: found TZID=Mars/Olympus, expected a time zone of the calendar or of the system"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:-PT1H",
                "5: DURATION: found \"-PT1H\", expected a duration above 0 such as P1DT12H"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:an hour",
                "5: DURATION: found \"an hour\", expected a duration above 0 such as P1DT12H"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:FREQ=FORTNIGHTLY",
                "6: RRULE: found \"FREQ=FORTNIGHTLY\", expected a recurrence rule of RFC 5545"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYDAY=XX",
                "6: RRULE: found \"FREQ=DAILY;BYDAY=XX\", expected a recurrence rule of RFC 5545"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:COUNT=3",
                "6: RRULE: found \"COUNT=3\", expected a recurrence rule of RFC 5545"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=0",
                "6: RRULE: found \"COUNT=0\" in \"FREQ=DAILY;COUNT=0\", expected a recurrence rule of RFC 5545"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=soon",
                "6: RRULE: found \"UNTIL=SOON\", expected a date or time such as 20270331T220000Z"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY",
                "6: RRULE: found more than 100000 occurrences of \"FREQ=SECONDLY\", expected fewer"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nX-SGS-AVAILABILITY:1.5",
                "6: X-SGS-AVAILABILITY: found \"1.5\", expected a number from 0 to 1"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nX-SGS-AVAILABILITY:half",
                "6: X-SGS-AVAILABILITY: found \"half\", expected a number from 0 to 1"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nX-SGS-AVAILIBILITY:0.5",
                "6: X-SGS-AVAILIBILITY: found an unknown property, expected X-SGS-AVAILABILITY"
            ),
            (
                "DTSTART:20270301T080000Z\nDTSTART:20270301T090000Z\nDURATION:PT1H",
                "5: DTSTART: found a second one, expected one in an event"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nnonsense",
                "6: found \"nonsense\", expected NAME:value"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270301T080000Z",
                "6: RECURRENCE-ID: found RANGE=THISANDFUTURE, expected one occurrence"
            ),
            (
                "DTSTART:20270301T080000Z\nDURATION:PT1H\nEND:VEVENT\nBEGIN:VEVENT",
                "7: DTSTART: found nothing, expected the start of the event"
            ),
        ])
    func malformed(lines: String, fault: String) {
        #expect(read(event(lines)).faults == ["a.ics:\(fault)"])
    }

    @Test(
        "a malformed file is told with its line",
        arguments: [
            ("", ": found no calendar, expected BEGIN:VCALENDAR"),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270301T080000Z\nDURATION:PT1H\nEND:VCALENDAR\n",
                ":5: found END:VCALENDAR, expected END:VEVENT for line 2"
            ),
            (
                "BEGIN:VCALENDAR\nVERSION:2.0\n",
                ":2: found the end of the file, expected END:VCALENDAR for line 1"
            ),
            (
                "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n",
                ":2: found END:VEVENT, expected no end of what never began"
            ),
            (
                "VERSION:2.0\nBEGIN:VCALENDAR\nEND:VCALENDAR\n",
                ":1: found VERSION, expected BEGIN:VCALENDAR"
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\nEND:VCALENDAR\n",
                ":2: VTIMEZONE X: found no full STANDARD or DAYLIGHT part, expected DTSTART, TZOFFSETFROM and TZOFFSETTO in each"
            ),
        ])
    func malformedFile(text: String, fault: String) {
        #expect(readFile(text).faults == ["a.ics\(fault)"])
    }

    @Test("an event's faults are told at once, also those of its availability")
    func atOnce() {
        #expect(
            read(event("DTSTART:soon", "DURATION:PT1H", "X-SGS-AVAILABILITY:2")).faults.count == 2)
    }

    @Test("two events with one UID and one SEQUENCE are a fault")
    func twice() {
        let one = event("UID:a", "DTSTART:20270301T080000Z", "DURATION:PT1H")
        #expect(
            read(one + one).faults == [
                "a.ics:8: UID: found \"a\" a second time, expected another UID or SEQUENCE than the event of line 3"
            ])
    }
}
