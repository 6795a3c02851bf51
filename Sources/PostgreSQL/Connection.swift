import CPQ

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
    /// - Throws: `PostgreSQLError` of code `connectionFailed`.
    public static func open(
        _ string: String = "", options: ConnectionOptions = ConnectionOptions()
    ) async throws -> Connection {
        let opening = Opening()
        return try await opening.open(ConnectionString(string), options: options)
    }

    init(handle: sending ConnectionHandle) throws {
        canceller = Canceller(try handle.open())
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
        let result = withCStrings(texts) { values in
            ResultHandle(
                PQexecParams(connection, sql, Int32(values.count), nil, values, nil, nil, 0))
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
        try check(ResultHandle(PQexec(connection, script)), on: connection)
        deliverNotifications()
    }

    /// The server's process for this session.
    public var serverProcess: Int { Int(PQbackendPID(handle.pointer)) }

    /// Ends the session; later calls fail with `connectionLost`.
    public func close() {
        finishListeners(throwing: nil)
        handle.close()
    }

    /// Asks the server to cancel the statement that runs now, which then fails with
    /// `SQLState.queryCanceled`.  Without one it does nothing.
    public nonisolated func cancel() {
        canceller.cancel()
    }

    /// Throws the result's error where it is one; a lost session ends the listeners as well.
    func check(_ result: borrowing ResultHandle, on connection: OpaquePointer) throws {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return
        default:
            let error = result.error(on: connection)
            if error.code == .connectionLost { finishListeners(throwing: error) }
            throw error
        }
    }
}

/// Opens sessions outside the cooperative pool.
private actor Opening {
    private let executor = ConnectionExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func open(_ string: ConnectionString, options: ConnectionOptions) throws -> Connection {
        try Connection(handle: ConnectionHandle(string, options: options))
    }
}
