import CPQ

extension Connection {
    /// Loads rows into a table by COPY FROM STDIN, the fastest way in.
    ///
    /// ```swift
    /// try await connection.copy(into: "sgs.sdc", columns: ["id", "cores"]) { writer in
    ///     for sdc in sdcs { try writer.write(sdc.id.text, sdc.cores) }
    /// }
    /// ```
    /// - Parameters:
    ///   - table, columns: as SQL writes them; never from outside the program.
    ///   - body: writes the rows; where it throws, none is loaded.
    /// - Returns: the number of rows loaded.
    /// - Throws: `PostgreSQLError`, and what `body` throws.
    @discardableResult
    public func copy(
        into table: String, columns: [String],
        _ body: @Sendable (inout CopyWriter) throws -> Void
    ) throws -> Int {
        let connection = try handle.open()
        let sql = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN"
        let begun = try answer { PQsendQuery($0, sql) }
        try check(begun, on: connection)
        do {
            var writer = CopyWriter(connection: connection, wait: wait)
            try body(&writer)
            try writer.flush()
        } catch {
            if error is CancellationError || PostgreSQLError.Code.connectionLost ~= error {
                giveUp(error)
            } else {
                PQputCopyEnd(connection, "given up by the client")
                _ = try? finishCopy(on: connection)
            }
            throw error
        }
        PQputCopyEnd(connection, nil)
        return try finishCopy(on: connection)
    }

    /// Reads the results that end a COPY: the number of rows, then none.
    private func finishCopy(on connection: OpaquePointer) throws -> Int {
        var loaded = 0
        var failure: PostgreSQLError?
        while let pointer = try nextResult(on: connection) {
            let result = ResultHandle(pointer)
            if result.status == PGRES_COMMAND_OK {
                loaded = result.rows().affected
            } else {
                failure = failure ?? result.error(on: connection)
                if PQstatus(connection) == CONNECTION_BAD { break }
            }
        }
        guard let failure else { return loaded }
        if failure.code == .connectionLost { finishListeners(throwing: failure) }
        throw failure
    }

    private func nextResult(on connection: OpaquePointer) throws -> OpaquePointer? {
        do { return try wait.nextResult(on: connection) } catch {
            giveUp(error)
            throw error
        }
    }
}
