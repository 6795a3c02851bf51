/// What went wrong between this program and a PostgreSQL server.
///
/// The description never holds parameter values or passwords.
public struct PostgreSQLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// No session could be opened: no server, no such database, refused, timed out.
        public static let connectionFailed = Code(name: "connectionFailed")
        /// The session ended while it was in use.
        public static let connectionLost = Code(name: "connectionLost")
        /// The server refused a statement; `sqlState` says why.
        public static let statementFailed = Code(name: "statementFailed")
        /// A value is not what its reader expected, or cannot be sent.
        public static let invalidValue = Code(name: "invalidValue")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? PostgreSQLError)?.code == code
        }
    }

    public let code: Code
    /// The server's condition code; `nil` where no server spoke.
    public let sqlState: SQLState?
    /// The library's or server's primary message.
    public let message: String
    /// The server's detail, which may quote values of a row and is therefore not described.
    public let detail: String?
    /// The constraint that was violated.
    public let constraint: String?

    public init(
        code: Code, sqlState: SQLState? = nil, message: String, detail: String? = nil,
        constraint: String? = nil
    ) {
        self.code = code
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.constraint = constraint
    }

    /// One line: `PostgreSQL 23505: duplicate key value violates unique constraint "survey_pkey"`.
    public var description: String {
        guard let sqlState else { return "PostgreSQL: \(message)" }
        return "PostgreSQL \(sqlState): \(message)"
    }
}
