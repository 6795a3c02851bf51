import Foundation
import GRDB
import GroundSegment
import Workflows

/// The runs of a store of the first version, whose payloads are known by their nodes' names.
struct EarlierRuns {
    private struct Entry {
        let number: Int64
        let id: String
        let graph: Graph
    }

    private var entries: [Entry] = []

    /// Reads what there is, before the tables get their new form.
    init(_ database: Database) throws {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, graph FROM run ORDER BY taken_at, id")
        for (place, row) in rows.enumerated() {
            let id: String = row["id"]
            let document: String = row["graph"]
            let graph = try GraphReader.read(
                Data(document.utf8), file: "graph of \(id)", library: [:])
            entries.append(Entry(number: Int64(place + 1), id: id, graph: graph))
        }
    }

    /// Fills the new tables from the earlier ones.
    func insert(_ database: Database) throws {
        for entry in entries {
            try insertRun(entry, database)
            try insertPayloads(entry, database)
            try insertRecords(entry, database)
        }
    }

    private func insertRun(_ entry: Entry, _ database: Database) throws {
        let graph = try RunStore.number(ofGraph: entry.graph.document, database)
        try database.execute(
            sql: """
                INSERT INTO run (number, id, origin, origin_document, origin_id, attempt, pipeline,
                    graph, state, priority, taken_at, ended_at, message)
                SELECT ?, id, 'order', order_document, order_id, attempt, ?, ?, state,
                    0, taken_at, ended_at, message
                FROM earlier_run WHERE id = ?
                """, arguments: [entry.number, entry.graph.name, graph, entry.id])
    }

    private func insertPayloads(_ entry: Entry, _ database: Database) throws {
        for (place, node) in entry.graph.body.nodes.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO payload (run, number, state, attempts, failures, losses, message)
                    SELECT ?, ?, state, failures + losses
                        + (state IN ('ASSIGNED', 'RUNNING', 'COMPLETED')), failures, losses, message
                    FROM earlier_payload WHERE run = ? AND node = ?
                    """, arguments: [entry.number, place, entry.id, node.id])
            try database.execute(
                sql: """
                    INSERT INTO attempt (run, payload, number, path, outcome, cores, memory_mib,
                        walltime_s, exit_code, started_at, ended_at, user_seconds, system_seconds,
                        peak_kib)
                    SELECT ?, ?, number, node, CASE exit_code WHEN 0 THEN 'completed' ELSE 'failed' END,
                        cores, memory_mib, 0, exit_code, started_at, ended_at, user_seconds,
                        system_seconds, peak_kib
                    FROM earlier_attempt WHERE run = ? AND node = ?
                    """, arguments: [entry.number, place, entry.id, node.id])
            try database.execute(
                sql: """
                    INSERT INTO output SELECT ?, ?, port, path, bytes, sha256
                    FROM earlier_output WHERE run = ? AND node = ?
                    """, arguments: [entry.number, place, entry.id, node.id])
        }
    }

    private func insertRecords(_ entry: Entry, _ database: Database) throws {
        for sql in [
            """
            INSERT INTO input (run, port, place, product, path, cached, item_kind, item_id)
            SELECT ?, port, place, product, path, cached, item_kind, item_id
            FROM earlier_input WHERE run = ?
            """,
            """
            INSERT INTO transfer (run, product, to_sdc, purpose, document)
            SELECT ?, product, to_sdc, purpose, document
            FROM earlier_transfer WHERE run = ? ORDER BY sequence
            """,
            """
            INSERT INTO outbox (run, kind, document, sent)
            SELECT ?, kind, document, sent FROM earlier_outbox WHERE run = ? ORDER BY sequence
            """,
        ] {
            try database.execute(sql: sql, arguments: [entry.number, entry.id])
        }
    }
}
