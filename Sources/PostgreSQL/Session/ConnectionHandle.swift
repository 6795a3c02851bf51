import CPQ
import Glibc

/// The library's connection, confined to its actor and closed with it.
final class ConnectionHandle {
    /// `nil` after `close`.
    private(set) var pointer: OpaquePointer?

    /// Opens a session; waits for the server.
    init(_ parameters: ConnectionParameters) throws {
        let opened = parameters.withPointers { PQconnectdbParams($0, $1, 1) }
        guard let opened else {
            throw PostgreSQLError(code: .connectionFailed, message: "out of memory")
        }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = parameters.redacted(String(cString: PQerrorMessage(opened)))
            PQfinish(opened)
            throw PostgreSQLError(code: .connectionFailed, message: message)
        }
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
        // It is this program that waits for the server, not libpq.
        PQsetnonblocking(opened, 1)
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
