import Testing

@testable import Calendars

@Suite("CalendarDuration")
struct CalendarDurationTests {
    @Test(
        "days and weeks are kept apart from hours",
        arguments: [
            ("P1D", 1, 0), ("P2W", 14, 0), ("P1DT2H", 1, 7200), ("PT1H30S", 0, 3630),
            ("+P15DT5H0M20S", 15, 18020), ("pt90m", 0, 5400), ("P1DT0H", 1, 0),
        ])
    func right(text: String, days: Int, seconds: Int) {
        #expect(CalendarDuration(text) == CalendarDuration(days: days, seconds: seconds))
    }

    @Test(
        "what is no duration is none",
        arguments: [
            "", "P", "PT", "P1", "P1DT", "1D", "-P1D", "P1H", "PT1D", "P1W2D", "PT1M1H", "P1.5D",
            "P1DT1H ", "PT1e3S", "P9999999999D", "P1DTT1H", "P\u{661}D",
        ])
    func wrong(text: String) {
        #expect(CalendarDuration(text) == nil)
    }

    @Test(
        "over the change of clocks days are nominal and hours exact",
        arguments: [
            // Rome's clock is put forward on 28 March and back on 31 October 2027.
            ("DURATION:PT12H", "20270327T200000", "0327T190000/0328T070000"),
            ("DURATION:P1D", "20270327T180000", "0327T170000/0328T160000"),
            ("DURATION:PT24H", "20270327T180000", "0327T170000/0328T170000"),
            ("DURATION:P1DT2H", "20270327T010000", "0327T000000/0328T020000"),
            ("DURATION:P1W", "20270325T120000", "0325T110000/0401T100000"),
            ("DURATION:P1D", "20271030T180000", "1030T160000/1031T170000"),
            ("DURATION:PT24H", "20271030T180000", "1030T160000/1031T160000"),
            (
                "DTEND;TZID=Europe/Rome:20270328T080000", "20270327T200000",
                "0327T190000/0328T060000"
            ),
            (
                "DTEND;TZID=Europe/Rome:20271031T023000", "20271031T013000",
                "1030T233000/1031T003000"
            ),
            ("DTEND:20270328T080000", "20270327T200000", "0327T190000/0328T060000"),
        ])
    func clocks(length: String, start: String, window: String) {
        let result = read(events: event("DTSTART;TZID=Europe/Rome:\(start)", length))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == [window])
    }

    @Test("DTEND gives all occurrences one exact length, DURATION one nominal length")
    func recurring() {
        let start = "DTSTART;TZID=Europe/Rome:20270327T180000"
        let rule = "RRULE:FREQ=DAILY;COUNT=2"
        #expect(
            read(events: event(start, rule, "DTEND;TZID=Europe/Rome:20270328T180000")).occurrences
                == ["0327T170000/0328T160000", "0328T160000/0329T150000"])
        #expect(
            read(events: event(start, rule, "DURATION:P1D")).occurrences
                == ["0327T170000/0328T160000", "0328T160000/0329T160000"])
    }

    @Test("times that the clock skips or shows twice are read with the offset before the change")
    func gap() {
        let one = { (start: String) in
            read(events: event("DTSTART;TZID=Europe/Rome:\(start)", "DURATION:PT1H")).occurrences
        }
        #expect(one("20270328T020000") == ["0328T010000/0328T020000"])
        #expect(one("20270328T025959") == ["0328T015959/0328T025959"])
        #expect(one("20270328T030000") == ["0328T010000/0328T020000"])
        #expect(one("20271031T023000") == ["1031T003000/1031T013000"])
    }
}
