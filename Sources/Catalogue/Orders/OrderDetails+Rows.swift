import GroundSegment
import PostgreSQL

extension OrderEvent {
    /// What operators did to an order, oldest first.
    static func all(ofOrder key: Int, on connection: isolated Connection) throws -> [OrderEvent] {
        try connection.query(
            """
            SELECT event, taken, priority, to_sdc, actor, comment,
                extract(epoch FROM occurred_at) AS occurred_at
            FROM sgs.order_event WHERE processing_order = $1 ORDER BY order_event
            """, key
        ).map { row in
            let name = try row.decode("event", as: String.self)
            guard let kind = Kind(rawValue: name) else {
                throw CatalogueError(.otherSchema, "an order had the unknown event \(name)")
            }
            return OrderEvent(
                kind: kind, taken: try row.decode("taken"), priority: try row.decode("priority"),
                destination: try row.decode("to_sdc", as: String?.self).map { ID($0) },
                actor: try row.decode("actor"), comment: try row.decode("comment"),
                instant: MJD(posixSeconds: try row.decode("occurred_at")))
        }
    }

    static func record(
        _ kind: Kind, of order: StoredOrder, by actor: String, _ comment: String,
        priority: Int? = nil, to destination: ID<SDC>? = nil, on connection: isolated Connection
    ) throws {
        try connection.query(
            """
            INSERT INTO sgs.order_event (
                processing_order, taken, event, priority, to_sdc, actor, comment)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, order.key, order.taken, kind.rawValue, priority, destination?.text, actor, comment)
    }
}

extension RecordedReport {
    /// How an order ended each time, oldest first.
    static func all(
        ofOrder key: Int, on connection: isolated Connection
    ) throws -> [RecordedReport] {
        try connection.query(
            """
            SELECT order_report, taken, attempt, event, message,
                extract(epoch FROM started_at) AS started_at,
                extract(epoch FROM ended_at) AS ended_at,
                extract(epoch FROM reported_at) AS reported_at
            FROM sgs.order_report WHERE processing_order = $1 ORDER BY taken
            """, key
        ).map { row in
            let report = try row.decode("order_report", as: Int.self)
            return RecordedReport(
                taken: try row.decode("taken"), attempt: try row.decode("attempt"),
                event: try row.decode("event"), window: try window(row),
                message: try row.decode("message"),
                reportedAt: MJD(posixSeconds: try row.decode("reported_at")),
                steps: try steps(of: report, on: connection),
                transfers: try transfers(of: report, on: connection))
        }
    }

    private static func steps(
        of report: Int, on connection: isolated Connection
    ) throws -> [StepReport] {
        try connection.query(
            """
            SELECT name, attempt, exit_code, cores, memory_mib, executable, cpu_seconds, peak_mib,
                read_bytes, written_bytes,
                extract(epoch FROM started_at) AS started_at,
                extract(epoch FROM ended_at) AS ended_at
            FROM sgs.step_run WHERE order_report = $1 ORDER BY place
            """, report
        ).map { row in
            StepReport(
                name: try row.decode("name"),
                executable: try row.decode("executable", as: String?.self) ?? "",
                attempt: try row.decode("attempt"), exitCode: try row.decode("exit_code"),
                window: try window(row), cores: try row.decode("cores"),
                memory: try row.decode("memory_mib"), use: try use(row))
        }
    }

    private static func use(_ row: Row) throws -> StepUse? {
        guard let seconds = try row.decode("cpu_seconds", as: Double?.self) else { return nil }
        return StepUse(
            cpuSeconds: seconds, peakMemory: try row.decode("peak_mib"),
            readBytes: try row.decode("read_bytes"), writtenBytes: try row.decode("written_bytes"))
    }

    private static func transfers(
        of report: Int, on connection: isolated Connection
    ) throws -> [Transfer] {
        try connection.query(
            """
            SELECT p.name, t.from_sdc, t.to_sdc, t.purpose, t.bytes, o.id AS order_id,
                extract(epoch FROM t.started_at) AS started_at,
                extract(epoch FROM t.ended_at) AS ended_at
            FROM sgs.transfer t
            JOIN sgs.product p USING (product)
            JOIN sgs.order_report r USING (order_report)
            JOIN sgs.processing_order o ON o.processing_order = r.processing_order
            WHERE t.order_report = $1 ORDER BY t.transfer
            """, report
        ).map { row in
            let name = try row.decode("purpose", as: String.self)
            guard let purpose = Transfer.Purpose(rawValue: name) else {
                throw CatalogueError(.otherSchema, "a transfer has the unknown purpose \(name)")
            }
            return Transfer(
                product: try row.decode("name"), from: ID(try row.decode("from_sdc")),
                to: ID(try row.decode("to_sdc")), purpose: purpose,
                bytes: try row.decode("bytes"), order: ID(try row.decode("order_id")),
                window: try window(row))
        }
    }

    private static func window(_ row: Row) throws -> TimeWindow {
        TimeWindow(
            start: MJD(posixSeconds: try row.decode("started_at")),
            end: MJD(posixSeconds: try row.decode("ended_at")))
    }
}
