import GRDB
import GroundSegment

/// A replica that could not be made when its order completed.
struct PendingReplica: Codable, Hashable, Sendable {
    let product: ProductDocument
    let survey: String
    let to: String
}

/// What is to be told to the orders' source, in this order.
struct OutboxEntry: Hashable, Sendable {
    enum Letter: Hashable, Sendable {
        case report(OrderReport)
        case replica(PendingReplica)
        /// Its document cannot be read, for this reason.
        case unreadable(String)
    }

    let sequence: Int64
    let run: Int64
    let letter: Letter
}

extension RunStore {
    /// Ends a run: what is to be told of it and the replicas still to be made.
    static func finish(_ end: StoreChanges.ReportRequest, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE run SET ended_at = ?, message = ? WHERE number = ?",
            arguments: [end.ended.days, end.message, end.run])
        guard let order = end.order else { return }
        let report = OrderReport(
            order: order.id, sdc: order.sdc, event: end.event, attempt: end.attempt,
            steps: try steps(of: end, database), products: end.products,
            transfers: try transfers(of: end.run, keeping: end.event == .complete, database),
            window: try window(of: end.run, until: end.ended, database), message: end.message)
        try post("report", try Document.text(ReportDocument(report)), end.run, database)
        for replica in end.pending {
            try post("replica", try Document.text(replica), end.run, database)
        }
    }

    private static func post(
        _ kind: String, _ document: String, _ run: Int64, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO outbox (run, kind, document) VALUES (?, ?, ?)",
            arguments: [run, kind, document])
    }

    private static func steps(
        of end: StoreChanges.ReportRequest, _ database: Database
    ) throws -> [StepReport] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM attempt WHERE run = ? AND outcome <> 'lost'
                ORDER BY ended_at, payload, number
                """,
            arguments: [end.run]
        ).map { row in
            let path: String = row["path"]
            let (process, tree): (Int, Int) = (row["peak_kib"], row["tree_kib"])
            return StepReport(
                name: path, executable: end.programs[label(ofPath: path)] ?? "",
                attempt: row["number"], exitCode: row["exit_code"],
                window: TimeWindow(start: MJD(row["started_at"]), end: MJD(row["ended_at"])),
                cores: row["cores"], memory: row["memory_mib"],
                use: StepUse(
                    cpuSeconds: row["user_seconds"] + row["system_seconds"],
                    peakMemory: Double(max(process, tree)) / 1024, readBytes: row["read_bytes"],
                    writtenBytes: row["written_bytes"]))
        }
    }

    /// The transfers of a run; without its products there is no replica to tell of.
    private static func transfers(
        of run: Int64, keeping replicas: Bool, _ database: Database
    ) throws -> [Transfer] {
        let texts = try String.fetchAll(
            database, sql: "SELECT document FROM transfer WHERE run = ? ORDER BY sequence",
            arguments: [run])
        return try texts.map { text in
            let document: TransferDocument = try Document.value(text, "transfer of \(run)")
            return try document.transfer()
        }.filter { replicas || $0.purpose == .copy }
    }

    private static func window(of run: Int64, until now: MJD, _ database: Database) throws
        -> TimeWindow
    {
        let taken = try Double.fetchOne(
            database, sql: "SELECT taken_at FROM run WHERE number = ?", arguments: [run])
        let start = MJD(taken ?? now.days)
        return TimeWindow(start: min(start, now), end: now)
    }

    /// What has not been told, oldest first.
    func outbox() async throws -> [OutboxEntry] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM outbox WHERE sent = 0 ORDER BY sequence")
                .map { row in
                    let run: Int64 = row["run"]
                    let text: String = row["document"]
                    return OutboxEntry(
                        sequence: row["sequence"], run: run,
                        letter: Self.letter(row["kind"], text, run))
                }
        }
    }

    private static func letter(_ kind: String, _ text: String, _ run: Int64) -> OutboxEntry.Letter {
        do {
            guard kind == "report" else {
                return .replica(try Document.value(text, "replica of \(run)"))
            }
            let document: ReportDocument = try Document.value(text, "report of \(run)")
            return .report(try document.report())
        } catch {
            return .unreadable("\(error)")
        }
    }

    /// Sets an entry aside that the other end refuses, with its reason; the rest goes on.
    func setAside(_ entry: OutboxEntry, answer: String) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE outbox SET sent = 2, answer = ? WHERE sequence = ?",
                arguments: [answer, entry.sequence])
        }
    }

    /// Remembers that an entry was taken in at the other end, and the transfer that it was.
    func markSent(_ entry: OutboxEntry, transfer: Transfer? = nil) async throws {
        try await write { database in
            if let transfer { try Self.insert(transfer, entry.run, database) }
            try database.execute(
                sql: "UPDATE outbox SET sent = 1 WHERE sequence = ?", arguments: [entry.sequence])
        }
    }
}
