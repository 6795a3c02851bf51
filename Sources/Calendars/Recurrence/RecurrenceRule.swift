/// A recurrence rule (RFC 5545 section 3.3.10) that the standard gives a meaning to.
struct RecurrenceRule {
    /// From the shortest to the longest.
    enum Frequency: Int, Comparable {
        case secondly, minutely, hourly, daily, weekly, monthly, yearly

        static func < (left: Frequency, right: Frequency) -> Bool { left.rawValue < right.rawValue }
    }

    /// A day of the week, 0 for Monday; with an ordinal, such as the -1 of `-1SU`, only the one that
    /// it counts to in the month or year.
    struct Weekday: Hashable {
        let day: Int
        let ordinal: Int?
    }

    /// Why a rule is refused.
    struct Fault: Error {
        /// Line of the rule, where it is another than what its finder knows.
        var line: Int?
        let found: String
        let expected: String

        init(found: String, expected: String) {
            self.found = found
            self.expected = expected
        }

        /// The same, placed.
        func at(line: Int) -> Fault {
            var placed = self
            placed.line = self.line ?? line
            return placed
        }
    }

    /// As it is written, in capitals.
    let text: String
    let frequency: Frequency
    let interval: Int
    let count: Int?
    let until: WrittenTime?
    /// 0 for Monday.
    let weekStart: Int

    // The rest is empty where the rule does not have the part; numbers ascend, each once.
    let seconds: [Int]
    let minutes: [Int]
    let hours: [Int]
    let weekdays: Set<Weekday>
    let monthDays: [Int]
    let yearDays: [Int]
    let weekNumbers: [Int]
    let months: [Int]
    let setPositions: [Int]

    /// Reads and checks a rule.
    init(_ text: String) throws(Fault) {
        let parts = try RuleParts(text)
        self.text = parts.whole
        guard let frequency = parts["FREQ"].flatMap({ Self.frequencies[$0] }) else {
            throw parts.malformed
        }
        self.frequency = frequency
        interval = try parts.count("INTERVAL") ?? 1
        count = try parts.count("COUNT")
        until = try parts.until()
        // Second 60 is second 59, as in times (section 3.3.12).
        seconds = Array(Set(try parts.numbers("BYSECOND", 0...60).map { min($0, 59) })).sorted()
        minutes = try parts.numbers("BYMINUTE", 0...59)
        hours = try parts.numbers("BYHOUR", 0...23)
        weekdays = try parts.weekdays()
        monthDays = try parts.numbers("BYMONTHDAY", 1...31, isSigned: true)
        yearDays = try parts.numbers("BYYEARDAY", 1...366, isSigned: true)
        weekNumbers = try parts.numbers("BYWEEKNO", 1...53, isSigned: true)
        months = try parts.numbers("BYMONTH", 1...12)
        setPositions = try parts.numbers("BYSETPOS", 1...366, isSigned: true)
        if let day = parts["WKST"] {
            guard let first = RuleParts.days[day] else { throw parts.malformed }
            weekStart = first
        } else {
            weekStart = 0
        }
        try check(parts)
    }

    private static let frequencies: [String: Frequency] = [
        "SECONDLY": .secondly, "MINUTELY": .minutely, "HOURLY": .hourly, "DAILY": .daily,
        "WEEKLY": .weekly, "MONTHLY": .monthly, "YEARLY": .yearly,
    ]

    /// The parts that the standard forbids beside one another (section 3.3.10).
    private func check(_ parts: RuleParts) throws(Fault) {
        if count != nil, until != nil {
            throw Fault(found: "UNTIL beside COUNT", expected: "one of them")
        }
        if !weekNumbers.isEmpty, frequency != .yearly {
            throw parts.fault("BYWEEKNO", expected: "it with FREQ=YEARLY only")
        }
        if !yearDays.isEmpty, [.daily, .weekly, .monthly].contains(frequency) {
            throw parts.fault("BYYEARDAY", expected: "it with another FREQ")
        }
        if !monthDays.isEmpty, frequency == .weekly {
            throw parts.fault("BYMONTHDAY", expected: "it with another FREQ than WEEKLY")
        }
        if weekdays.contains(where: { $0.ordinal != nil }),
            frequency < .monthly || !weekNumbers.isEmpty
        {
            throw parts.fault(
                "BYDAY", expected: "numbers with FREQ=MONTHLY or YEARLY without BYWEEKNO only")
        }
        let isAlone =
            weekdays.isEmpty
            && [seconds, minutes, hours, monthDays, yearDays, weekNumbers, months].allSatisfy(
                \.isEmpty)
        if !setPositions.isEmpty, isAlone {
            throw parts.fault("BYSETPOS", expected: "it beside another BY part only")
        }
    }
}
