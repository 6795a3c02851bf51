import Foundation
import GRDB
import GroundSegment

extension RunStore {
    /// Remembers a new run of an order; `nil` where an earlier run of it is not over.
    ///
    /// An order that was reported and comes again was sent back by an operator: its run counts
    /// one more.  One whose report has not been sent yet is over as far as this runner can do.
    func begin(_ order: ProcessingOrder, pipeline: Pipeline, at now: MJD) async throws -> Run? {
        try await write { database in
            let last = try Row.fetchOne(
                database,
                sql: """
                    SELECT attempt, state,
                        EXISTS (SELECT 1 FROM outbox WHERE run = id AND kind = 'report' AND sent = 0) AS waits
                    FROM run WHERE order_id = ? ORDER BY attempt DESC LIMIT 1
                    """, arguments: [order.id.text])
            if let last, !["COMPLETED", "ERROR"].contains(last["state"] as String) || last["waits"]
            {
                return nil
            }
            let attempt = (last?["attempt"] ?? 0) + 1
            let run = Run(order: order, attempt: attempt, graph: pipeline.graph)
            try database.execute(
                sql: """
                    INSERT INTO run (id, order_id, attempt, order_document, graph, state, taken_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.id.text, order.id.text, attempt, try Document.text(OrderDocument(order)),
                    pipeline.document, run.state.rawValue, now.days,
                ])
            try Self.save(run, database)
            return run
        }
    }

    /// The runs that are not over, oldest first.
    func unfinished() async throws -> [Run] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql:
                    "SELECT * FROM run WHERE state IN ('PENDING', 'EXECUTING') ORDER BY taken_at, id"
            )
            return try rows.map { try Self.run($0, database) }
        }
    }

    private static func run(_ row: Row, _ database: Database) throws -> Run {
        let id: String = row["id"]
        let document: OrderDocument = try Document.value(
            row["order_document"] as String, "order of \(id)")
        let graph = try PipelineGraph(
            json: Data((row["graph"] as String).utf8), file: "graph of \(id)")
        guard let state = RunState(rawValue: row["state"]) else {
            throw ExecutionError(.store, "run \(id) has no known state")
        }
        var payloads: [String: Payload] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT * FROM payload WHERE run = ?", arguments: [id])
        {
            guard let state = Payload.State(rawValue: row["state"]) else { continue }
            payloads[row["node"]] = Payload(
                node: row["node"], state: state, failures: row["failures"], losses: row["losses"],
                message: row["message"])
        }
        return Run(
            order: document.order, attempt: row["attempt"], graph: graph, state: state,
            payloads: graph.nodes.map { payloads[$0.id] ?? Payload(node: $0.id) })
    }

    /// Remembers where a run and its steps are.
    func save(_ run: Run) async throws {
        try await write { try Self.save(run, $0) }
    }

    /// Remembers a step's end together with where this leaves the run.
    func save(
        _ run: Run, endOf node: String, attempt: Int, _ end: PayloadEnd, paths: [String: String]
    ) async throws {
        try await write { database in
            try Self.save(run, database)
            switch end {
            case .completed(let result, let outputs):
                try Self.insert(result, of: run, node, attempt, database)
                for (port, digest) in outputs {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?)",
                        arguments: [
                            run.id.text, node, port, paths[port], digest.bytes, digest.sha256,
                        ])
                }
            case .failed(let result, _): try Self.insert(result, of: run, node, attempt, database)
            case .lost: break
            }
        }
    }

    /// A run's end is not written here: it comes together with its report (`finish`).
    static func save(_ run: Run, _ database: Database) throws {
        if !run.state.isFinal {
            try database.execute(
                sql: "UPDATE run SET state = ? WHERE id = ?",
                arguments: [run.state.rawValue, run.id.text])
        }
        for payload in run.payloads {
            try database.execute(
                sql: """
                    INSERT INTO payload VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (run, node) DO UPDATE SET state = excluded.state,
                        failures = excluded.failures, losses = excluded.losses, message = excluded.message
                    """,
                arguments: [
                    run.id.text, payload.node, payload.state.rawValue, payload.failures,
                    payload.losses,
                    payload.message,
                ])
        }
    }

    private static func insert(
        _ result: PayloadResult, of run: Run, _ node: String, _ attempt: Int, _ database: Database
    ) throws {
        guard let resources = run.graph.node(node)?.executable.resources else { return }
        try database.execute(
            sql: """
                INSERT INTO attempt (run, node, number, cores, memory_mib, exit_code, started_at,
                    ended_at, user_seconds, system_seconds, peak_kib)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run.id.text, node, attempt, resources.cores, resources.memory, result.exitCode,
                result.window.start.days, result.window.end.days, result.userSeconds,
                result.systemSeconds, result.peakMemory,
            ])
    }
}
