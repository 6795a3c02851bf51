import CPQ

/// Writes rows of a running COPY in PostgreSQL's text format (manual, COPY, "Text Format").
public struct CopyWriter: ~Copyable {
    private let connection: OpaquePointer
    private let wait: ServerWait
    private var buffer: [UInt8] = []
    private static let chunk = 1 << 16

    init(connection: OpaquePointer, wait: ServerWait) {
        self.connection = connection
        self.wait = wait
        buffer.reserveCapacity(Self.chunk + 4096)
    }

    /// Adds a row of the table's columns, in order.
    ///
    /// - Throws: `PostgreSQLError` of code `connectionLost`; `CancellationError`.
    public mutating func write<each Value: SQLValue>(_ values: repeat each Value) throws {
        var isFirst = true
        for value in repeat each values {
            if !isFirst { buffer.append(UInt8(ascii: "\t")) }
            isFirst = false
            append(value.sqlText)
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.chunk { try flush() }
    }

    private mutating func append(_ text: String?) {
        guard let text else {
            buffer += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): buffer += [byte, byte]
            case UInt8(ascii: "\n"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            default: buffer.append(byte)
            }
        }
    }

    mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        let sent = buffer.withUnsafeBytes {
            PQputCopyData(
                connection, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count))
        }
        guard sent == 1 else { throw cutOff }
        buffer.removeAll(keepingCapacity: true)
        try wait.flush(on: connection)
        // libpq takes rows for a session that it knows is lost, and drops them.
        guard PQstatus(connection) == CONNECTION_OK else { throw cutOff }
    }

    private var cutOff: PostgreSQLError {
        let message = String(cString: PQerrorMessage(connection))
        return PostgreSQLError(
            code: .connectionLost,
            message: "COPY was cut off: "
                + message.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}
