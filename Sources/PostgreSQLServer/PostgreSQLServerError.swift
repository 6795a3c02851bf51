/// Why a server, or one of PostgreSQL's programs, cannot do what it was asked.
public struct PostgreSQLServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// PostgreSQL's programs are not installed, cannot be run or have nobody to run as.
        public static let missing = Code(name: "missing")
        /// A folder or file cannot be written to, or the disk is full.
        public static let cannotWrite = Code(name: "cannotWrite")
        /// One of the programs ran and failed.
        public static let failed = Code(name: "failed")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? PostgreSQLServerError)?.code == code
        }
    }

    public let code: Code
    /// One line: what is the matter and, where there is one, the cure.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
