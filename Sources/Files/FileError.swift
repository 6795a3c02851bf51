/// Why a file is not read: what was found there and what was expected.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// Missing, or it may not be read, or reading it failed.
        public static let cannotRead = Code(name: "cannotRead")
        /// A folder, a device, a pipe or a socket.
        public static let notRegular = Code(name: "notRegular")
        /// More bytes than its reader takes.
        public static let tooLarge = Code(name: "tooLarge")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? FileError)?.code == code
        }
    }

    public let code: Code
    public let path: String
    /// What is there: `no such file`, `a folder`, `a named pipe`, `a file of 107374182400 bytes`.
    public let found: String
    public let expected: String

    /// One line: `plan.yaml: found a folder, expected a readable file`.
    public var description: String { "\(path): found \(found), expected \(expected)" }

    init(_ code: Code, path: String, found: String, expected: String = "a readable file") {
        self.code = code
        self.path = path
        self.found = found
        self.expected = expected
    }
}
