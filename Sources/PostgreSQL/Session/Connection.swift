import CPQ
@preconcurrency import Dispatch

/// One session with a PostgreSQL server.
///
/// Its calls wait for the server on a thread of their own.  A task that needs several statements
/// to belong together uses `transaction`, whose body runs without a suspension point, so no other
/// task's statement comes between.
///
/// ```swift
/// let connection = try await Connection.open("postgresql:///sgs?host=/run/postgresql")
/// let rows = try await connection.query("SELECT name FROM sdc WHERE cores > $1", 500.0)
/// let names = try rows.map { try $0.decode("name", as: String.self) }
/// ```
public actor Connection {
    let handle: ConnectionHandle
    var listeners: [String: Listener] = [:]
    /// Wakes an idle listener; `nil` while nobody listens.
    var pulse: (any DispatchSourceTimer)?
    let wait: ServerWait
    let limits: SilenceLimits
    private let executor = ConnectionExecutor()
    private nonisolated let canceller: Canceller

    /// The queue on which the connection is used.
    var queue: ConnectionExecutor { executor }
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens a session.
    ///
    /// - Parameter string: a URL or `keyword=value` pairs; empty takes everything from libpq's
    ///   environment variables (PGHOST, PGDATABASE and the others).
    /// - Throws: `PostgreSQLError` of code `connectionFailed`; `CancellationError` at once where
    ///   the task is cancelled.
    public static func open(
        _ string: String = "", options: ConnectionOptions = ConnectionOptions()
    ) async throws -> Connection {
        let parameters = ConnectionParameters(try ConnectionString(string), options: options)
        return try await ConnectionAttempt().open(parameters, limits: options.limits)
    }

    init(
        handle: sending ConnectionHandle, parameters: ConnectionParameters, limits: SilenceLimits
    ) throws {
        let connection = try handle.open()
        canceller = Canceller(connection)
        wait = ServerWait(
            limits: limits,
            witness: SessionWitness(
                parameters: parameters, process: PQbackendPID(connection)))
        self.limits = limits
        self.handle = handle
    }

    /// Runs one statement; `$1`, `$2` and so on stand for the parameters.
    ///
    /// - Throws: `PostgreSQLError`.
    @discardableResult
    public func query(_ sql: String, _ parameters: any SQLValue...) throws -> Rows {
        try query(sql, parameters: parameters)
    }

    /// Runs one statement with a list of parameters.
    ///
    /// - Throws: `PostgreSQLError`.
    @discardableResult
    public func query(_ sql: String, parameters: [any SQLValue]) throws -> Rows {
        let texts = parameters.map(\.sqlText)
        for (index, text) in texts.enumerated() where text?.utf8.contains(0) == true {
            throw PostgreSQLError(
                code: .invalidValue, message: "parameter $\(index + 1) holds a NUL character")
        }
        let connection = try handle.open()
        let result = try answer { connection in
            withCStrings(texts) { values in
                PQsendQueryParams(
                    connection, sql, Int32(values.count), nil, values, nil, nil, 0)
            }
        }
        try check(result, on: connection)
        deliverNotifications()
        return result.rows()
    }

    /// Runs the statements of a script, separated by semicolons, in one implicit transaction
    /// unless the script or its surroundings open one.
    ///
    /// - Throws: `PostgreSQLError` of the statement that failed.
    public func run(script: String) throws {
        let connection = try handle.open()
        let result = try answer { PQsendQuery($0, script) }
        try check(result, on: connection)
        deliverNotifications()
    }

    /// The server's process for this session.
    public var serverProcess: Int { Int(PQbackendPID(handle.pointer)) }

    /// Ends the session; later calls fail with `connectionLost`.
    public func close() {
        endPulse()
        finishListeners(throwing: nil)
        handle.close()
    }

    /// Asks the server to cancel the statement that runs now, which then fails with
    /// `SQLState.queryCanceled`.  Without one it does nothing.
    public nonisolated func cancel() {
        canceller.cancel()
    }

    /// Sends a statement and waits for its results, as `ServerWait` does; gives the session up
    /// where the server is silent or the task is cancelled.
    func answer(
        within limit: Duration? = nil, _ send: (OpaquePointer) -> Int32
    ) throws -> ResultHandle {
        let connection = try handle.open()
        do {
            return try wait.answer(on: connection, within: limit, send)
        } catch {
            giveUp(error)
            throw error
        }
    }

    /// Ends a session in the middle of a statement, which the server is asked to cancel.
    func giveUp(_ error: any Error) {
        canceller.cancel()
        let lost = PostgreSQLError(code: .connectionLost, message: "the session was given up")
        finishListeners(throwing: error as? PostgreSQLError ?? lost)
        handle.close()
    }

    /// Throws the result's error where it is one; a lost session ends the listeners as well.
    func check(_ result: borrowing ResultHandle, on connection: OpaquePointer) throws {
        guard result.hasFailed else { return }
        let error = result.error(on: connection)
        if error.code == .connectionLost { finishListeners(throwing: error) }
        throw error
    }
}
