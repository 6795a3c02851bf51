import Glibc

/// Why a table, or one record of it, cannot be read.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// The file is missing or may not be opened.
        public static let cannotOpen = Code(name: "cannotOpen")
        /// Reading or decompressing failed; nothing more can be read.
        public static let cannotRead = Code(name: "cannotRead")
        /// The header is absent or contradicts itself; nothing more can be read.
        public static let badHeader = Code(name: "badHeader")
        /// One record is malformed; those after it can be read.
        public static let badRecord = Code(name: "badRecord")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? TableError)?.code == code
        }
    }

    public let code: Code
    public let path: String
    /// Line of the file, from 1; `nil` for the whole file.
    public let line: Int?
    public let found: String
    public let expected: String

    public init(
        _ code: Code, path: String, line: Int? = nil, found: String, expected: String
    ) {
        self.code = code
        self.path = path
        self.line = line
        self.found = found
        self.expected = expected
    }

    /// One line: `a.csv:7: found 3 fields, expected 4`.
    public var description: String {
        path + (line.map { ":\($0)" } ?? "") + ": found \(found), expected \(expected)"
    }
}
