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
    }

    let sequence: Int64
    let run: ID<Run>
    let letter: Letter
}

extension RunStore {
    /// Ends a run: its state, its report and the replicas still to be made in one transaction.
    func finish(
        _ run: Run, event: OrderState.Event, message: String, products: [Product],
        pending: [PendingReplica], at now: MJD
    ) async throws {
        try await write { database in
            try Self.save(run, database)
            try database.execute(
                sql: "UPDATE run SET state = ?, ended_at = ?, message = ? WHERE id = ?",
                arguments: [run.state.rawValue, now.days, message, run.id.text])
            let report = OrderReport(
                order: run.order.id, sdc: run.order.sdc, event: event, attempt: run.attempt,
                steps: try Self.steps(of: run.id, database), products: products,
                transfers: try Self.transfers(of: run.id, keeping: event == .complete, database),
                window: try Self.window(of: run.id, until: now, database), message: message)
            try Self.post("report", try Document.text(ReportDocument(report)), run.id, database)
            for replica in pending {
                try Self.post("replica", try Document.text(replica), run.id, database)
            }
        }
    }

    private static func post(
        _ kind: String, _ document: String, _ run: ID<Run>, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO outbox (run, kind, document) VALUES (?, ?, ?)",
            arguments: [run.text, kind, document])
    }

    private static func steps(of run: ID<Run>, _ database: Database) throws -> [StepReport] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM attempt WHERE run = ? ORDER BY ended_at, sequence",
            arguments: [run.text]
        ).map { row in
            StepReport(
                name: row["node"], attempt: row["number"], exitCode: row["exit_code"],
                window: TimeWindow(start: MJD(row["started_at"]), end: MJD(row["ended_at"])),
                cores: row["cores"], memory: row["memory_mib"])
        }
    }

    /// The transfers of a run; without its products there is no replica to tell of.
    private static func transfers(
        of run: ID<Run>, keeping replicas: Bool, _ database: Database
    ) throws -> [Transfer] {
        let texts = try String.fetchAll(
            database, sql: "SELECT document FROM transfer WHERE run = ? ORDER BY sequence",
            arguments: [run.text])
        return try texts.map { text in
            let document: TransferDocument = try Document.value(text, "transfer of \(run)")
            return try document.transfer()
        }.filter { replicas || $0.purpose == .copy }
    }

    private static func window(of run: ID<Run>, until now: MJD, _ database: Database) throws
        -> TimeWindow
    {
        let taken = try Double.fetchOne(
            database, sql: "SELECT taken_at FROM run WHERE id = ?", arguments: [run.text])
        let start = MJD(taken ?? now.days)
        return TimeWindow(start: min(start, now), end: now)
    }

    /// What has not been told, oldest first.
    func outbox() async throws -> [OutboxEntry] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM outbox WHERE sent = 0 ORDER BY sequence")
                .map { row in
                    let run = ID<Run>(row["run"] as String)
                    let text: String = row["document"]
                    if row["kind"] == "report" {
                        let document: ReportDocument = try Document.value(text, "report of \(run)")
                        return OutboxEntry(
                            sequence: row["sequence"], run: run,
                            letter: .report(try document.report()))
                    }
                    return OutboxEntry(
                        sequence: row["sequence"], run: run,
                        letter: .replica(try Document.value(text, "replica of \(run)")))
                }
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
