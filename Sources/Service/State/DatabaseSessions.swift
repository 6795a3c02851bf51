import Catalogue
import DequeModule
import HTTPTypes
import PostgreSQL
import WebService

/// Opens and lends sessions with the catalogue's database, a few at a time.
///
/// A session that was lost, as by a restart of the server, is replaced and the work done again:
/// all work here only reads.
actor DatabaseSessions {
    private let address: String
    private let limit: Int
    private let timeout: Int
    private var free: [Connection] = []
    private var lent = 0
    private var waiting: Deque<CheckedContinuation<Void, Never>> = []

    /// - Parameters:
    ///   - limit: how many sessions at most.
    ///   - timeout: milliseconds after which a statement is given up.
    init(address: String, limit: Int = 4, timeout: Int = 10_000) {
        self.address = address
        self.limit = limit
        self.timeout = timeout
    }

    /// Runs `body` with a session.
    ///
    /// - Throws: what `body` throws; `Problem.unavailable` where the database cannot be reached or
    ///   is out of means, `Problem.slow` where it did not answer in time.
    func with<Value: Sendable>(
        _ body: @Sendable (Connection) async throws -> Value
    ) async throws -> Value {
        await enter()
        defer { leave() }
        do {
            do { return try await once(body) } catch PostgreSQLError.Code.connectionLost {
                free = []
                return try await once(body)
            }
        } catch let error as PostgreSQLError {
            throw Self.problem(error) ?? error
        }
    }

    private func once<Value: Sendable>(
        _ body: @Sendable (Connection) async throws -> Value
    ) async throws -> Value {
        let connection: Connection
        if let session = free.popLast() {
            connection = session
        } else {
            connection = try await Self.open(address, timeout: timeout)
        }
        let value = try await body(connection)
        free.append(connection)
        return value
    }

    /// A new session.
    ///
    /// - Parameter timeout: milliseconds after which it gives up on a statement.
    static func open(_ address: String, timeout: Int) async throws -> Connection {
        try await Connection.open(
            address,
            options: ConnectionOptions(
                applicationName: "sgs serve", connectTimeout: 3, statementTimeout: timeout))
    }

    /// What a client is told where the fault is the database's for now; `nil` where it is ours.
    ///
    /// Classes 08, 53 and 57 of the condition codes are lost connections, scarce means and the
    /// operator's intervention (PostgreSQL manual, appendix A).
    private static func problem(_ error: PostgreSQLError) -> Problem? {
        if error.code == .connectionLost || error.code == .connectionFailed { return .unavailable }
        guard let state = error.sqlState else { return nil }
        if state == .queryCanceled { return .slow }
        return ["08", "53", "57"].contains(state.rawValue.prefix(2)) ? .unavailable : nil
    }

    private func enter() async {
        if lent < limit {
            lent += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty { lent -= 1 } else { waiting.removeFirst().resume() }
    }
}

extension Problem {
    /// The database cannot be asked now.
    static let unavailable = Problem(
        status: .serviceUnavailable, detail: "the catalogue cannot be reached; try again later",
        headers: [.retryAfter: "5"])
    /// The database did not answer in time.
    static let slow = Problem(
        status: .serviceUnavailable,
        detail: "the catalogue did not answer in time; try again later",
        headers: [.retryAfter: "30"])
}
