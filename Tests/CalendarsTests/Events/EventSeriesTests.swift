import Testing

@testable import Calendars

@Suite("EventSeries")
struct EventSeriesTests {
    private let morning = [
        "UID:a", "DTSTART;TZID=Europe/Rome:20270317T080000", "DURATION:PT4H",
        "RRULE:FREQ=WEEKLY;COUNT=3",
    ].joined(separator: "\n")
    private let allDay = "UID:a\nDTSTART;VALUE=DATE:20270316\nRRULE:FREQ=WEEKLY;COUNT=3"

    @Test(
        "an exception in another form takes away what it obviously means",
        arguments: [
            "EXDATE:20270324T080000", "EXDATE:20270324T070000Z", "EXDATE;VALUE=DATE:20270324",
            "EXDATE:20270324", "EXDATE;TZID=America/New_York:20270324T030000",
            "EXDATE;VALUE=DATE-TIME;TZID=Europe/Rome:20270324T080000",
        ])
    func exceptions(line: String) {
        let result = read(events: event(morning, line))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0317T070000/0317T110000", "0331T060000/0331T100000"])
    }

    @Test(
        "an exception of days is a date or midnight",
        arguments: [
            "EXDATE;TZID=Europe/Rome:20270323T000000", "EXDATE:20270323T000000Z",
            "EXDATE:20270323T000000", "EXDATE;VALUE=DATE:20270323",
        ])
    func exceptionsOfDays(line: String) {
        let result = read(events: event(allDay, line))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0316T000000/0317T000000", "0330T000000/0331T000000"])
    }

    @Test(
        "an exception that matches nothing is a fault",
        arguments: [
            "EXDATE:20270324T080000Z", "EXDATE;VALUE=DATE:20270325", "EXDATE:20270324T080001",
            "EXDATE;TZID=Europe/Rome:20270407T080000", "EXDATE:20900324T080000",
        ])
    func unmatched(line: String) {
        let text = line.split(separator: ":").last ?? ""
        #expect(
            read(events: event(morning, line)).faults == [
                "8: EXDATE: found \"\(text)\", expected one occurrence of the event of line 3"
            ])
    }

    @Test("an exception far after what is asked for is looked up in the series itself")
    func farExceptions() {
        let start = "UID:a\nDTSTART:20270317T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY"
        #expect(read(events: event(start, "EXDATE:20990317T080000Z")).faults.isEmpty)
        #expect(read(events: event(start, "EXDATE;VALUE=DATE:20990317")).faults.isEmpty)
        #expect(read(events: event(start, "EXDATE:20990318T080000Z")).faults.count == 1)
    }

    @Test(
        "a replacement in another form replaces the occurrence that it obviously means",
        arguments: [
            "RECURRENCE-ID:20270324T080000", "RECURRENCE-ID:20270324T070000Z",
            "RECURRENCE-ID;VALUE=DATE:20270324",
            "RECURRENCE-ID;TZID=America/New_York:20270324T030000",
        ])
    func replacements(line: String) {
        let other = event("UID:a", line, "DTSTART:20270325T100000Z", "DURATION:PT1H")
        let result = read(events: event(morning) + other)
        #expect(result.faults.isEmpty)
        #expect(
            result.occurrences == [
                "0317T070000/0317T110000", "0325T100000/0325T110000", "0331T060000/0331T100000",
            ])
    }

    @Test(
        "a replacement of what is no occurrence is a fault",
        arguments: ["20270325T080000", "20270324T080000Z", "20280324T080000", "20270325"])
    func unmatchedReplacement(text: String) {
        let other = event(
            "UID:a", "RECURRENCE-ID:\(text)", "DTSTART:20270325T100000Z", "DURATION:PT1H")
        #expect(
            read(events: event(morning) + other).faults == [
                "11: RECURRENCE-ID: found \"\(text)\", expected one occurrence of the event of line 3"
            ])
    }

    @Test("two replacements of one occurrence, or one of an exception, are a fault")
    func twice() {
        let one = event(
            "UID:a", "RECURRENCE-ID:20270324T080000", "DTSTART:20270325T100000Z", "DURATION:PT1H")
        let two = event(
            "UID:a", "RECURRENCE-ID:20270324T070000Z", "DTSTART:20270326T100000Z", "DURATION:PT1H")
        #expect(read(events: event(morning) + one + two).faults.count == 1)
        #expect(
            read(events: event(morning, "EXDATE:20270324T080000") + one).faults == [
                "12: RECURRENCE-ID: found \"20270324T080000\", which is an EXDATE too, expected one of them"
            ])
    }

    @Test("RDATE without a zone is by the clock of DTSTART, also as a period")
    func additions() {
        let result = read(
            events: event(
                "DTSTART;TZID=Europe/Rome:20270317T080000", "DURATION:P1D", "RDATE:20270327T080000",
                "RDATE;VALUE=PERIOD:20270401T080000/PT3H,20270327T200000/20270328T080000"))
        #expect(result.faults.isEmpty)
        #expect(
            result.occurrences == [
                "0317T070000/0318T070000", "0327T070000/0328T060000", "0327T190000/0328T060000",
                "0401T060000/0401T090000",
            ])
    }

    @Test(
        "what is not done is refused by name",
        arguments: [
            ("EXRULE:FREQ=DAILY", "8: EXRULE: found a rule of exceptions, expected EXDATE"),
            (
                "RDATE;VALUE=DATE:20270401",
                "8: RDATE: found \"20270401\", expected a date and time, as DTSTART is"
            ),
            (
                "RDATE;VALUE=PERIOD:20270401T080000",
                "8: RDATE: found \"20270401T080000\", expected a time, or a start/end"
            ),
            (
                "EXDATE:",
                "8: EXDATE: found \"\", expected a date or time such as 20270112 or 20270112T080000Z"
            ),
            (
                "EXDATE;VALUE=PERIOD:20270324T080000/PT1H",
                "8: EXDATE: found VALUE=PERIOD, expected DATE, DATE-TIME"
            ),
            (
                "EXDATE;TZID=Europe/Rome:20270324T070000Z",
                "8: EXDATE: found TZID=Europe/Rome beside a time in UTC, expected one of them"
            ),
            ("RRUL:FREQ=DAILY", "8: RRUL: found an unknown property, expected RRULE"),
            ("EXDATES:20270324T080000", "8: EXDATES: found an unknown property, expected EXDATE"),
            (
                "RDATE;VALUE=PERIOD:20270401T080000/20270401T080000",
                "8: RDATE: found \"20270401T080000\", expected a time after the period's start"
            ),
            (
                "RDATE:20270401T080000/P9999W",
                "8: RDATE: found \"P9999W\", expected a length of at most a hundred years"
            ),
        ])
    func refused(line: String, fault: String) {
        #expect(read(events: event(morning, line)).faults == [fault])
    }

    @Test("a cancelled series keeps its replacements, a cancelled replacement its place free")
    func cancelled() {
        let other = event(
            "UID:a", "RECURRENCE-ID:20270324T080000", "DTSTART:20270325T100000Z", "DURATION:PT1H")
        #expect(
            read(events: event(morning, "STATUS:CANCELLED") + other).occurrences == [
                "0325T100000/0325T110000"
            ])
    }
}
