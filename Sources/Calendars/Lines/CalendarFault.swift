/// What is wrong in a calendar, and where.
public struct CalendarFault: Error, Hashable, Sendable {
    /// Line of the file, from 1; `nil` where the whole file is meant.
    public let line: Int?
    /// The property or component, `nil` where it is the line as such.
    public let field: String?
    public let found: String
    public let expected: String
}

/// Takes the faults of one file as they are found.
final class CalendarFaults {
    /// How many there were.
    private(set) var count = 0
    private let note: (CalendarFault) -> Void

    init(_ note: @escaping (CalendarFault) -> Void) {
        self.note = note
    }

    func add(line: Int? = nil, field: String? = nil, found: String, expected: String) {
        count += 1
        note(CalendarFault(line: line, field: field, found: found, expected: expected))
    }
}
