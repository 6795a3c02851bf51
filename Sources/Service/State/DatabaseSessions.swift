import Catalogue
import PostgreSQL

/// Opens and lends sessions with the catalogue's database, a few at a time.
///
/// A session that was lost, as by a restart of the server, is replaced and the work done again:
/// all work here only reads.
actor DatabaseSessions {
    private let address: String
    private let limit: Int
    private var free: [Connection] = []
    private var lent = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter limit: how many sessions at most.
    init(address: String, limit: Int = 4) {
        self.address = address
        self.limit = limit
    }

    /// Runs `body` with a session.
    ///
    /// - Throws: what `body` throws; `Problem.unavailable` where the database cannot be reached.
    func with<Value: Sendable>(
        _ body: @Sendable (Connection) async throws -> Value
    ) async throws -> Value {
        await enter()
        defer { leave() }
        do {
            return try await once(body)
        } catch PostgreSQLError.Code.connectionLost {
            free = []
            return try await reporting { try await once(body) }
        }
    }

    private func once<Value: Sendable>(
        _ body: @Sendable (Connection) async throws -> Value
    ) async throws -> Value {
        let connection: Connection
        if let session = free.popLast() {
            connection = session
        } else {
            connection = try await reporting { try await Self.open(address) }
        }
        let value = try await body(connection)
        free.append(connection)
        return value
    }

    /// A new session.
    ///
    /// - Parameter timeout: milliseconds after which it gives up on a statement.
    static func open(_ address: String, timeout: Int = 10_000) async throws -> Connection {
        try await Connection.open(
            address,
            options: ConnectionOptions(
                applicationName: "sgs serve", connectTimeout: 3, statementTimeout: timeout))
    }

    private func reporting<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as PostgreSQLError
            where error.code == .connectionLost || error.code == .connectionFailed
        {
            throw Problem.unavailable
        }
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
