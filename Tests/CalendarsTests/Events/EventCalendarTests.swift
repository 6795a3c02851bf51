import Foundation
import Testing

@testable import Calendars

@Suite("EventCalendar")
struct EventCalendarTests {
    private let one =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270301T080000Z\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"

    @Test("several calendars are read, each with its byte order mark")
    func several() {
        let second = one.replacingOccurrences(of: "0301", with: "0302")
        let result = read(Data(("\u{FEFF}" + one + "\u{FEFF}" + second).utf8))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0301T080000/0301T090000", "0302T080000/0302T090000"])
    }

    @Test(
        "UTF-16 is refused as such",
        arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32])
    func utf16(encoding: String.Encoding) throws {
        let data = try #require(one.data(using: encoding))
        #expect(read(data).faults.first == "1: found UTF-16 or UTF-32, expected UTF-8 text")
    }

    @Test("a mark that combines with the sign before it does not hide that sign")
    func combining() {
        let result = read(
            events: event("SUMMARY:\u{301}a", "DTSTART:20270301T080000Z", "DURATION:PT1H"))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences.count == 1)
    }

    @Test(
        "what would be passed over is a fault",
        arguments: [
            (
                "BEGIN:VEVENT\nBEGIN:VEVENT\n",
                "4: found BEGIN:VEVENT, expected it in VCALENDAR only"
            ),
            ("BEGIN:VTODO\nBEGIN:VEVENT\n", "4: found BEGIN:VEVENT, expected it in VCALENDAR only"),
            (
                "BEGIN:VTIMEZONE\nBEGIN:STANDART\n",
                "4: found BEGIN:STANDART, expected STANDARD or DAYLIGHT"
            ),
            ("METHOD:CANCEL\n", "3: METHOD: found \"CANCEL\", expected PUBLISH or REQUEST"),
            ("CALSCALE:CHINESE\n", "3: CALSCALE: found \"CHINESE\", expected GREGORIAN"),
        ])
    func misplaced(lines: String, fault: String) {
        #expect(read(events: lines).faults.contains(fault))
    }

    @Test("other components are passed over as long as they nest")
    func others() {
        let result = read(
            events:
                "BEGIN:X-OTHER\nBEGIN:Y\nDTSTART:nonsense\nEND:Y\nEND:X-OTHER\nBEGIN:VTODO\nEND:VTODO\n"
                + event(
                    "DTSTART:20270301T080000Z", "DURATION:PT1H", "GEO:37.4;-122.1",
                    "BEGIN:VALARM\nDURATION:PT5M\nEND:VALARM"))
        #expect(result.faults.isEmpty)
        #expect(result.occurrences == ["0301T080000/0301T090000"])
    }

    @Test("components in one another without end are refused")
    func deep() {
        let text = String(repeating: "BEGIN:A\n", count: 100_000)
        #expect(
            read(events: text).faults == [
                "22: found BEGIN:A in 20 other components, expected at most 20"
            ])
    }

    @Test("no cut or changed byte ends the program")
    func bytes() {
        let text = Array(
            ("BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
                + "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRDATE:19801025T030000\r\nEND:STANDARD\r\n"
                + "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=\"X\":20270112T080000\r\n"
                + "DURATION:P1DT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20280101T000000Z\r\n"
                + "EXDATE;TZID=X:20270209T080000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").utf8)
        #expect(read(Data(text)).faults.isEmpty)
        var right = 0
        for index in text.indices {
            for byte: UInt8 in [0, 10, 32, 34, 44, 45, 57, 58, 90, 255] {
                var changed = text
                changed[index] = byte
                right += read(Data(changed)).faults.isEmpty ? 1 : 0
            }
            #expect(!read(Data(text[..<index])).faults.isEmpty || index > text.count - 3)
        }
        #expect(right < text.count * 10)
    }
}
