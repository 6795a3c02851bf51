/// Where a document stops being XML that is taken, and why.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// The document is not well-formed (XML 1.0 section 2.1), or refers to what is not in it.
        public static let notWellFormed = Code(name: "notWellFormed")
        /// It has what is never taken: an entity outside it, or text that expands without end.
        public static let refused = Code(name: "refused")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? XMLError)?.code == code
        }
    }

    public let code: Code
    /// Line from 1.
    public let line: Int
    /// Column from 1, in bytes of UTF-8; `nil` where it is not known.
    public let column: Int?
    /// What is there, in plain words.
    public let found: String
    /// `well-formed XML`, or what is taken.
    public let expected: String

    /// One line: `7:12: found an entity that is not declared, expected well-formed XML`.
    public var description: String {
        "\(line)" + (column.map { ":\($0)" } ?? "") + ": found \(found), expected \(expected)"
    }

    /// - Parameter taken: what is, where a well-formed document has what is not.
    init(line: Int, column: Int?, found: String, taken: String? = nil) {
        code = taken == nil ? .notWellFormed : .refused
        self.line = max(line, 1)
        self.column = column.flatMap { $0 > 0 ? $0 : nil }
        self.found = found
        expected = taken ?? "well-formed XML"
    }
}
