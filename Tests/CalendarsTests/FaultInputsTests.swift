import Foundation
import Testing

@testable import Calendars

/// The calendars of Tests/Inputs/faults.
@Suite("FaultInputs")
struct FaultInputsTests {
    private func read(_ folder: String, case name: String = "case") throws -> (
        occurrences: [String], faults: [String]
    ) {
        let inputs = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Inputs/faults")
        return CalendarsTests.read(
            try Data(contentsOf: inputs.appending(path: "\(folder)/\(name)/sdcs/SDC-A.ics")))
    }

    @Test("01: days are nominal and hours exact over the change of clocks")
    func lengths() throws {
        let result = try read("01-dst-length")
        #expect(result.faults.isEmpty)
        #expect(
            result.occurrences == [
                "0326T000000/0326T030000", "0327T000000/0327T030000", "0327T170000/0328T160000",
                "0327T190000/0328T070000", "0328T000000/0328T030000", "0328T010000/0328T020000",
                "0328T230000/0329T020000",
            ])
    }

    @Test("03: an exception in another form takes away what it obviously means")
    func exceptions() throws {
        let result = try read("03-exdate-other-form")
        #expect(result.faults.isEmpty)
        #expect(
            result.occurrences == [
                "0316T000000/0317T000000", "0317T070000/0317T110000", "0330T000000/0331T000000",
                "0331T060000/0331T100000",
            ])
    }

    @Test("04: a zone is found by its name's text")
    func escaped() throws {
        let result = try read("04-tzid-escaped-comma")
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0323T070000/0323T110000", "0330T060000/0330T100000"])
    }

    @Test("14: an event that two calendars of the same file announce is a fault")
    func twice() throws {
        #expect(
            try read("14-ics-uid-twice", case: "case1").occurrences == ["0405T080000/0405T180000"])
        let one = event("UID:cooling", "DTSTART:20270405T080000Z", "DURATION:PT10H")
        let calendar = "BEGIN:VCALENDAR\n\(one)END:VCALENDAR\n"
        #expect(
            CalendarsTests.read(Data((calendar + calendar).utf8)).faults == [
                "9: UID: found \"cooling\" a second time, expected another UID or SEQUENCE than the event of line 2"
            ])
    }

    @Test("31: a fault in a zone's rule is told with its line")
    func zone() throws {
        #expect(
            try read("31-vtimezone-faults").faults == [
                "10: RRULE: found \"FREQ=YEARY;BYMONTH=10;BYDAY=-1SU\", expected a recurrence rule of RFC 5545"
            ])
    }

    @Test("33: a zone's rule without end is refused")
    func endless() throws {
        #expect(
            try read("33-endless-rule").faults == [
                "10: RRULE: found more than 10000 occurrences of \"FREQ=SECONDLY\", expected fewer"
            ])
    }
}
