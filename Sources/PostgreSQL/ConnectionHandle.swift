import CPQ
import Glibc

/// The library's connection, confined to its actor and closed with it.
final class ConnectionHandle {
    /// `nil` after `close`.
    private(set) var pointer: OpaquePointer?

    /// Opens a session; waits for the server.
    init(_ string: ConnectionString, options: ConnectionOptions) throws {
        var settings = [
            "client_encoding": "UTF8", "application_name": options.applicationName,
            "options": "-c TimeZone=UTC -c client_min_messages=warning "
                + "-c statement_timeout=\(options.statementTimeout) "
                + "-c lock_timeout=\(options.lockTimeout)",
        ]
        if getenv("PGCONNECT_TIMEOUT") == nil {
            settings["connect_timeout"] = String(options.connectTimeout)
        }
        // What follows "dbname" in the expanded string overrides what stands before it.
        let pairs = settings.sorted { $0.key < $1.key } + [("dbname", string.text)]
        let opened = withCStrings(pairs.map(\.0)) { keywords in
            withCStrings(pairs.map(\.1)) { values in
                PQconnectdbParams(keywords + [nil], values + [nil], 1)
            }
        }
        guard let opened else {
            throw PostgreSQLError(code: .connectionFailed, message: "out of memory")
        }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = string.redacted(String(cString: PQerrorMessage(opened)))
            PQfinish(opened)
            throw PostgreSQLError(code: .connectionFailed, message: message)
        }
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
        pointer = opened
    }

    deinit { close() }

    func close() {
        if let pointer { PQfinish(pointer) }
        pointer = nil
    }

    /// - Throws: `PostgreSQLError` of code `connectionLost` after `close`.
    func open() throws -> OpaquePointer {
        guard let pointer else {
            throw PostgreSQLError(code: .connectionLost, message: "the connection is closed")
        }
        return pointer
    }
}

/// Lends `texts` as C strings for the length of a call.
func withCStrings<Result: ~Copyable>(
    _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) throws -> Result
) rethrows -> Result {
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer { copies.forEach { free($0) } }
    return try body(copies.map { UnsafePointer($0) })
}
