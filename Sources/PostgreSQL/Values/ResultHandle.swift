import CPQ

/// The result of a statement, freed with this value.
struct ResultHandle: ~Copyable {
    private let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) {
        self.pointer = pointer
    }

    deinit { PQclear(pointer) }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// Whether the server, or libpq, could not do what was asked.
    var hasFailed: Bool {
        status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN
    }

    /// What the statement did: `COMMIT`, `INSERT 0 3`.
    var tag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

    /// Everything that the result holds, as Swift values.
    func rows() -> Rows {
        let count = Int(PQntuples(pointer))
        let width = Int(PQnfields(pointer))
        let names = (0..<width).map { String(cString: PQfname(pointer, Int32($0))) }
        var cells: [String?] = []
        cells.reserveCapacity(count * width)
        for row in 0..<Int32(count) {
            for column in 0..<Int32(width) {
                let isNull = PQgetisnull(pointer, row, column) == 1
                cells.append(isNull ? nil : String(cString: PQgetvalue(pointer, row, column)))
            }
        }
        let affected = PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
        return Rows(columns: names, cells: cells, count: count, affected: affected)
    }

    /// The server's error, or the connection's where the server could not speak.
    func error(on connection: OpaquePointer) -> PostgreSQLError {
        let state = field(pq_diag_sqlstate).map(SQLState.init(rawValue:))
        // After a fatal error the server ends the session (PostgreSQL manual, table 20.2), which
        // the library sees with the next byte that it does not get.
        let severity = field(Int(UInt8(ascii: "V")))
        let lost =
            PQstatus(connection) == CONNECTION_BAD || severity == "FATAL" || severity == "PANIC"
        let text = field(pq_diag_message_primary) ?? String(cString: PQerrorMessage(connection))
        return PostgreSQLError(
            code: lost ? .connectionLost : .statementFailed, sqlState: state,
            message: text.split(whereSeparator: \.isNewline).joined(separator: " "),
            detail: field(pq_diag_message_detail), constraint: field(pq_diag_constraint_name))
    }

    private func field(_ code: Int) -> String? {
        PQresultErrorField(pointer, Int32(code)).map { String(cString: $0) }
    }
}
