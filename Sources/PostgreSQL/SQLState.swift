/// The five-character condition code of a server error (PostgreSQL manual, appendix A).
///
/// Match it in a `catch`:
/// ```swift
/// do { try await connection.query("INSERT ...") } catch SQLState.uniqueViolation { ... }
/// ```
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static let notNullViolation = SQLState(rawValue: "23502")
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    public static let uniqueViolation = SQLState(rawValue: "23505")
    public static let checkViolation = SQLState(rawValue: "23514")
    public static let exclusionViolation = SQLState(rawValue: "23P01")
    public static let serializationFailure = SQLState(rawValue: "40001")
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    public static let syntaxError = SQLState(rawValue: "42601")
    public static let undefinedTable = SQLState(rawValue: "42P01")
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    public static let diskFull = SQLState(rawValue: "53100")
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// A statement was cancelled, by a request or by its timeout.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// The server's administrator ended the session.
    public static let adminShutdown = SQLState(rawValue: "57P01")

    /// Whether the transaction may succeed when it is run again from its start.
    public var isRetryable: Bool { self == .serializationFailure || self == .deadlockDetected }

    public static func ~= (state: SQLState, error: any Error) -> Bool {
        (error as? PostgreSQLError)?.sqlState == state
    }
}
