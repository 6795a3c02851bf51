import CICal
import Foundation

/// An RRULE (RFC 5545 section 3.8.5.3), expanded by libical on the wall's clock.
struct RecurrenceRule {
    /// More occurrences than this are a slip of the pen, such as FREQ=SECONDLY.
    static let limit = 100_000

    /// The rule without its UNTIL.
    private let text: String
    /// The last instant or, in a rule of dates, the last date; `nil` without an UNTIL.
    let until: Int?

    /// Why a rule is refused.
    struct Fault: Error {
        let found: String
        let expected: String
    }

    init(_ text: String) throws(Fault) {
        var parts: [String] = []
        var until: Int?
        var names: Set<String> = []
        for part in text.uppercased().split(separator: ";") {
            let name = String(part.prefix { $0 != "=" })
            guard names.insert(name).inserted else {
                throw Fault(found: "\(name) twice in \"\(text)\"", expected: "each part once")
            }
            if name == "UNTIL" {
                guard let time = CalendarTime.wall(String(part.dropFirst(6))) else {
                    throw Fault(
                        found: "\"\(part)\"", expected: "a date or time such as 20270331T220000Z")
                }
                until = time.seconds
            } else {
                parts.append(String(part))
            }
        }
        self.text = parts.joined(separator: ";")
        self.until = until
        if names.isSuperset(of: ["UNTIL", "COUNT"]) {
            throw Fault(found: "UNTIL beside COUNT", expected: "one of them")
        }
        try check(text)
    }

    /// What libical passes over in silence: unknown parts, and counts and intervals below 1.
    private func check(_ whole: String) throws(Fault) {
        let known = [
            "FREQ", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY",
            "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
        ]
        for part in text.split(separator: ";") {
            let pieces = part.split(separator: "=", omittingEmptySubsequences: false)
            let isCount = pieces[0] == "COUNT" || pieces[0] == "INTERVAL"
            guard pieces.count == 2, known.contains(String(pieces[0])), !pieces[1].isEmpty,
                !isCount || (Int(pieces[1]).map { (1...32767).contains($0) } ?? false)
            else {
                throw Fault(
                    found: "\"\(part)\" in \"\(whole)\"", expected: "a recurrence rule of RFC 5545")
            }
        }
        guard text.hasPrefix("FREQ=") || text.contains(";FREQ="),
            icalrecurrencetype_from_string(text).freq != ICAL_NO_RECURRENCE
        else {
            throw Fault(found: "\"\(whole)\"", expected: "a recurrence rule of RFC 5545")
        }
    }

    /// The wall's clock at each occurrence from `start` up to and with `end`.
    func occurrences(from start: CalendarTime, through end: Int) throws(Fault) -> [Int] {
        var first = icaltime_from_timet_with_zone(start.wall, start.isDate ? 1 : 0, nil)
        first.is_date = start.isDate ? 1 : 0
        let rule = icalrecurrencetype_from_string(text)
        guard let iterator = icalrecur_iterator_new(rule, first) else {
            throw Fault(found: "\"\(text)\"", expected: "a rule that fits DTSTART")
        }
        defer { icalrecur_iterator_free(iterator) }
        var walls: [Int] = []
        while true {
            let next = icalrecur_iterator_next(iterator)
            guard icaltime_is_null_time(next) == 0 else { return walls }
            let wall = Int(icaltime_as_timet(next))
            guard wall <= end else { return walls }
            walls.append(wall)
            guard walls.count <= Self.limit else {
                throw Fault(
                    found: "more than \(Self.limit) occurrences of \"\(text)\"", expected: "fewer")
            }
        }
    }
}
