/// Names of properties that an occurrence depends on.
enum EventNames {
    private static let ofTimes = [
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE",
        "STATUS", "TZOFFSETFROM", "TZOFFSETTO",
    ]

    /// Standard names that are a letter away from one of those.
    private static let others: Set<String> = ["DTSTAMP"]

    /// Notes EXRULE, which is not done, and what must be a misspelt name of ours: both would lose
    /// or add occurrences in silence.
    static func check(_ component: CalendarComponent, reader: PropertyReader) {
        for property in component.properties {
            if property.name == "EXRULE" {
                reader.fault(property.line, "EXRULE", "a rule of exceptions", "EXDATE")
            } else if !others.contains(property.name), !property.name.hasPrefix("X-"),
                let meant = ofTimes.first(where: { isSlip(property.name, of: $0) })
            {
                reader.fault(property.line, property.name, "an unknown property", meant)
            }
        }
    }

    /// Whether one letter is another, too many or left out.
    private static func isSlip(_ name: String, of meant: String) -> Bool {
        let name = Array(name.utf8)
        let meant = Array(meant.utf8)
        guard name != meant, abs(name.count - meant.count) <= 1 else { return false }
        let head = zip(name, meant).prefix { $0 == $1 }.count
        let tail = zip(name.dropFirst(head).reversed(), meant.dropFirst(head).reversed())
            .prefix { $0 == $1 }.count
        return max(name.count, meant.count) - head - tail <= 1
    }
}
