/// Where a document stops being XML that is taken, and why.
public struct XMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Line from 1.
    public let line: Int
    /// Column from 1, in bytes of UTF-8; `nil` where it is not known.
    public let column: Int?
    /// What is there, in plain words.
    public let found: String
    /// `well-formed XML`, or the limit that was met.
    public let expected: String

    /// One line: `7:12: found an entity that is not declared, expected well-formed XML`.
    public var description: String {
        "\(line)" + (column.map { ":\($0)" } ?? "") + ": found \(found), expected \(expected)"
    }

    init(line: Int, column: Int?, found: String, expected: String = "well-formed XML") {
        self.line = max(line, 1)
        self.column = column.flatMap { $0 > 0 ? $0 : nil }
        self.found = found
        self.expected = expected
    }
}
