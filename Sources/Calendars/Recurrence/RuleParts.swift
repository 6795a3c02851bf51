/// The parts of a recurrence rule by their names, each there once.
struct RuleParts {
    /// In capitals.
    let whole: String
    private var values: [String: String] = [:]

    typealias Fault = RecurrenceRule.Fault

    init(_ text: String) throws(Fault) {
        whole = text.uppercased()
        for part in whole.split(separator: ";") {
            let pieces = part.split(separator: "=", omittingEmptySubsequences: false)
            let name = String(pieces[0])
            guard pieces.count == 2, Self.names.contains(name), !pieces[1].isEmpty else {
                throw Fault(
                    found: "\"\(part)\" in \"\(whole)\"", expected: "a recurrence rule of RFC 5545")
            }
            guard values.updateValue(String(pieces[1]), forKey: name) == nil else {
                throw Fault(found: "\(name) twice in \"\(whole)\"", expected: "each part once")
            }
        }
    }

    subscript(name: String) -> String? { values[name] }

    private static let names: Set<String> = [
        "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY",
        "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
    ]

    /// 0 for Monday.
    static let days = ["MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6]

    /// That the rule as a whole is none.
    var malformed: Fault {
        Fault(found: "\"\(whole)\"", expected: "a recurrence rule of RFC 5545")
    }

    /// That a part cannot be as it is.
    func fault(_ name: String, expected: String) -> Fault {
        Fault(found: "\"\(name)=\(values[name] ?? "")\" in \"\(whole)\"", expected: expected)
    }

    /// A count from 1 up.
    func count(_ name: String) throws(Fault) -> Int? {
        guard let value = values[name] else { return nil }
        guard let number = Self.number(value[...], digits: 9), number >= 1 else {
            throw fault(name, expected: "a recurrence rule of RFC 5545")
        }
        return number
    }

    func until() throws(Fault) -> WrittenTime? {
        guard let value = values["UNTIL"] else { return nil }
        guard let time = WrittenTime(value) else {
            throw Fault(
                found: "\"UNTIL=\(value)\"", expected: "a date or time such as 20270331T220000Z")
        }
        return time
    }

    /// The numbers of a list within a range, or where it is signed also those below zero.
    func numbers(_ name: String, _ range: ClosedRange<Int>, isSigned: Bool = false) throws(Fault)
        -> [Int]
    {
        guard let value = values[name] else { return [] }
        var numbers: Set<Int> = []
        for entry in value.split(separator: ",", omittingEmptySubsequences: false) {
            let sign = isSigned ? Self.sign(entry) : 0
            guard let number = Self.number(sign == 0 ? entry : entry.dropFirst(), digits: 3),
                range.contains(number)
            else { throw malformed }
            numbers.insert(sign < 0 ? -number : number)
        }
        return numbers.sorted()
    }

    func weekdays() throws(Fault) -> Set<RecurrenceRule.Weekday> {
        guard let value = values["BYDAY"] else { return [] }
        var weekdays: Set<RecurrenceRule.Weekday> = []
        for entry in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let day = Self.days[String(entry.suffix(2))] else { throw malformed }
            let count = entry.dropLast(2)
            let sign = Self.sign(count)
            var ordinal: Int?
            if !count.isEmpty {
                guard let number = Self.number(sign == 0 ? count : count.dropFirst(), digits: 2),
                    (1...53).contains(number)
                else { throw malformed }
                ordinal = sign < 0 ? -number : number
            }
            weekdays.insert(RecurrenceRule.Weekday(day: day, ordinal: ordinal))
        }
        return weekdays
    }

    /// 1 or -1 where the text begins with a sign, else 0.
    private static func sign(_ text: Substring) -> Int {
        switch text.utf8.first {
        case UInt8(ascii: "+"): 1
        case UInt8(ascii: "-"): -1
        default: 0
        }
    }

    /// A number of at most so many digits; `nil` where there is anything else.
    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard (1...digits).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(text)
    }
}
