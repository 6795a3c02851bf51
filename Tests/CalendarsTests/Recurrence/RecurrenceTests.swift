import Testing

@testable import Calendars

@Suite("Recurrence")
struct RecurrenceTests {
    /// The days of the starts of an hour's event in UTC, and the faults.
    private func starts(_ start: String, _ rule: String) -> (starts: [String], faults: [String]) {
        let result = read(events: event("DTSTART:\(start)", "DURATION:PT1H", "RRULE:\(rule)"))
        return (
            result.occurrences.compactMap { $0.split(separator: "/").first.map(String.init) },
            result.faults
        )
    }

    @Test(
        "rule parts that other expanders pass over count",
        arguments: [
            (
                "20270131T080000Z", "FREQ=DAILY;BYMONTHDAY=-1;COUNT=3",
                "0131T080000 0228T080000 0331T080000"
            ),
            (
                "20270104T080000Z", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1,-1;COUNT=4",
                "0104T080000 0108T080000 0111T080000 0115T080000"
            ),
            (
                "20270104T080000Z", "FREQ=DAILY;BYHOUR=8,12,16;BYSETPOS=1,-1;COUNT=4",
                "0104T080000 0104T160000 0105T080000 0105T160000"
            ),
            (
                "20270104T080000Z", "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1,1;COUNT=4",
                "0104T080000 0104T084000 0104T090000 0104T094000"
            ),
            (
                "20201228T080000Z", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=2",
                "20201228T080000 20261228T080000"
            ),
            ("20270104T080000Z", "FREQ=YEARLY;BYWEEKNO=1;COUNT=2", "0104T080000 20280103T080000"),
            (
                "20270101T080000Z", "FREQ=HOURLY;BYYEARDAY=1,-1;BYHOUR=8;COUNT=3",
                "0101T080000 1231T080000 20280101T080000"
            ),
            ("20270104T080059Z", "FREQ=MINUTELY;BYSECOND=60;COUNT=2", "0104T080059 0104T080159"),
            (
                "20270129T080000Z", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
                "0129T080000 0226T080000 0331T080000"
            ),
            ("20270131T080000Z", "FREQ=MONTHLY;COUNT=3", "0131T080000 0331T080000 0531T080000"),
            ("20240229T080000Z", "FREQ=YEARLY;COUNT=2", "20240229T080000 20280229T080000"),
            (
                "20270805T090000Z", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TH,SU;WKST=SU",
                "0805T090000 0815T090000 0819T090000 0829T090000"
            ),
            (
                "20270805T090000Z", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TH,SU;WKST=MO",
                "0805T090000 0808T090000 0819T090000 0822T090000"
            ),
        ])
    func parts(start: String, rule: String, expected: String) {
        let result = starts(start, rule)
        #expect(result.faults.isEmpty)
        #expect(result.starts.joined(separator: " ") == expected)
    }

    @Test("what the clock skips is no occurrence of a rule and is not counted")
    func skipped() {
        let result = read(
            events: event(
                "DTSTART;TZID=Europe/Rome:20270327T023000", "DURATION:PT1H",
                "RRULE:FREQ=DAILY;COUNT=3"))
        #expect(result.faults.isEmpty)
        #expect(
            result.occurrences == [
                "0327T013000/0327T023000", "0329T003000/0329T013000", "0330T003000/0330T013000",
            ])
    }

    @Test("a DTSTART that the clock skips is the first occurrence all the same")
    func skippedStart() {
        let result = read(
            events: event(
                "DTSTART;TZID=Europe/Rome:20270328T023000", "DURATION:PT1H",
                "RRULE:FREQ=DAILY;COUNT=2"))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0328T013000/0328T023000", "0329T003000/0329T013000"])
    }

    @Test(
        "UNTIL in another form is exact or refused",
        arguments: [
            // Beside a time in Rome: 09:00 there is 08:00 UTC, in summer 07:00.
            (";TZID=Europe/Rome:20270326T090000", "20270328T070000Z", 3, ""),
            (";TZID=Europe/Rome:20270326T090000", "20270328T065959Z", 2, ""),
            (";TZID=Europe/Rome:20270326T090000", "20270328T090000", 3, ""),
            (";TZID=Europe/Rome:20270326T090000", "20270328T085959", 2, ""),
            (";TZID=Europe/Rome:20270326T090000", "20270328", 0, "an UNTIL without a time"),
            (":20270326T090000Z", "20270328T090000Z", 3, ""),
            (":20270326T090000Z", "20270328T085959", 2, ""),
            (":20270326T090000", "20270328T090000", 3, ""),
            (":20270326T090000", "20270328T085959Z", 2, ""),
            (";VALUE=DATE:20270326", "20270328", 3, ""),
            (";VALUE=DATE:20270326", "20270328T235959Z", 3, ""),
            (";VALUE=DATE:20270326", "20270328T000000", 3, ""),
            (";VALUE=DATE:20270326", "20270327T220000Z", 0, "an UNTIL with a time"),
            (":20270326T090000Z", "20270325T000000Z", 0, "an UNTIL before DTSTART"),
            (";VALUE=DATE:20270326", "20270325", 0, "an UNTIL before DTSTART"),
        ])
    func until(start: String, until: String, count: Int, fault: String) {
        let result = read(
            events: event("DTSTART\(start)", "DURATION:P1D", "RRULE:FREQ=DAILY;UNTIL=\(until)"))
        #expect(result.occurrences.count == count)
        #expect(fault.isEmpty == result.faults.isEmpty)
        #expect(result.faults.first?.hasPrefix("6: RRULE: found \(fault)") ?? true)
    }

    @Test(
        "an UNTIL in the far future is as none",
        arguments: ["99991231T235959Z", "99991231T235959", "99991231"],
        [":20291231T090000Z", ";TZID=Europe/Rome:20291231T090000", ";VALUE=DATE:20291231"])
    func farUntil(until: String, start: String) {
        let result = read(
            events: event("DTSTART\(start)", "DURATION:P1D", "RRULE:FREQ=DAILY;UNTIL=\(until)"))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences.count == 366)
    }

    @Test("a rule that does not give its DTSTART is refused")
    func unsynchronised() {
        #expect(
            starts("20270101T080000Z", "FREQ=WEEKLY;BYDAY=MO").faults == [
                "6: RRULE: found DTSTART is no occurrence of \"FREQ=WEEKLY;BYDAY=MO\", expected DTSTART at the first one (else RFC 5545 leaves open what is meant)"
            ])
    }

    @Test(
        "rules without end and without occurrences, and dense ones, come to an end",
        arguments: [
            "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=2", "FREQ=SECONDLY;BYMONTH=3,4",
            "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSECOND=0,1,2,3,4,5,6,7,8,9",
        ])
    func dense(rule: String) {
        let fault = starts("20270301T080000Z", rule).faults.first ?? ""
        #expect(fault.hasPrefix("6: RRULE: found more than 100000 occurrences"))
    }

    @Test(
        "a rule without another occurrence ends",
        arguments: [
            "FREQ=SECONDLY;INTERVAL=999999999", "FREQ=YEARLY;INTERVAL=999999999",
            "FREQ=MONTHLY;INTERVAL=999999999",
            "FREQ=SECONDLY;INTERVAL=7919;BYMONTH=3;BYMONTHDAY=1;BYHOUR=8;BYMINUTE=0;BYSECOND=0;UNTIL=20270401T000000Z",
        ])
    func sparse(rule: String) {
        let result = starts("20270301T080000Z", rule)
        #expect(result.starts.first == "0301T080000")
        #expect(result.faults.isEmpty)
        #expect(result.starts.count == 1)
    }
}
