/// A fault found in a file: where, what was found and what was expected.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// The file's name as the user gave it or as the case names it.
    public let file: String
    /// Line counted from 1, or the record's own name ("observation 17"); `nil` for the whole file.
    public let place: Place?
    /// The field or element that is at fault; `nil` where none is.
    public let field: String?
    /// What the file has there.
    public let found: String
    /// What it should have.
    public let expected: String

    public enum Place: Hashable, Sendable {
        case line(Int)
        /// Line and column, both from 1.
        case position(line: Int, column: Int)
        case record(String)
    }

    public init(
        file: String, place: Place? = nil, field: String? = nil, found: String, expected: String
    ) {
        self.file = file
        self.place = place
        self.field = field
        self.found = found
        self.expected = expected
    }

    /// One line: `survey.csv:12: start: found "yesterday", expected ISO 8601 or MJD`.
    public var description: String {
        var text = file
        switch place {
        case .line(let line): text += ":\(line)"
        case .position(let line, let column): text += ":\(line):\(column)"
        case .record(let record): text += ": \(record)"
        case nil: break
        }
        if let field { text += ": \(field)" }
        return text + ": found \(found), expected \(expected)"
    }
}
