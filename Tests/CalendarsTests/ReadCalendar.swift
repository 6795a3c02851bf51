import Foundation

@testable import Calendars

/// The occurrences of calendar text until the end of 2030 as "start/end" in UTC, and its faults.
func read(_ data: Data, through end: String = "20301231T235959Z") -> (
    occurrences: [String], faults: [String]
) {
    var faults: [String] = []
    let calendar = EventCalendar(data, through: WrittenTime(end)?.wall ?? 0) { fault in
        let place = fault.line.map { "\($0): " } ?? ""
        let field = fault.field.map { "\($0): " } ?? ""
        faults.append("\(place)\(field)found \(fault.found), expected \(fault.expected)")
    }
    return (calendar.occurrences.map { "\(stamp($0.start))/\(stamp($0.end))" }, faults)
}

/// The same of events, in a calendar where they begin on line 3.
func read(events: String) -> (occurrences: [String], faults: [String]) {
    read(Data(("BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n").utf8))
}

/// The lines of an event.
func event(_ lines: String...) -> String {
    (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).map { $0 + "\n" }.joined()
}

/// `0327T190000` of 2027, and of other years with the year.
private func stamp(_ instant: Int) -> String {
    let date = CivilDate(number: instant.floored(by: 86400))
    let second = instant.modulo(86400)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return (date.year == 2027 ? "" : "\(date.year)") + two(date.month) + two(date.day) + "T"
        + two(second / 3600) + two(second / 60 % 60) + two(second % 60)
}
