import Foundation
import GRDB
import GroundSegment
import Payloads

extension RunStore {
    /// Writes what a group of events has changed, and the digests that were learnt meanwhile.
    func commit(_ changes: StoreChanges, known: [(path: String, entry: KnownFiles.Entry?)])
        async throws
    {
        guard !changes.isEmpty || !known.isEmpty else { return }
        try await write { database in
            for row in changes.inputs {
                try Self.save(row.inputs, transfers: row.transfers, of: row.run, database)
            }
            for row in changes.expansions { try Self.insert(row, database) }
            try Self.save(changes.payloads, database)
            for row in changes.attempts { try Self.insert(row, database) }
            for (run, output) in changes.outputs { try Self.insert(output, of: run, database) }
            for (run, reason) in changes.waits {
                try database.execute(
                    sql: "UPDATE run SET message = ? WHERE number = ?", arguments: [reason, run])
            }
            for row in changes.runs { try Self.save(row, database) }
            for row in changes.drafts { try Self.save(row, database) }
            for (run, time) in changes.queued { try Self.queue(run, at: time, database) }
            for row in changes.needs { try Self.save(row, database) }
            for (key, host) in changes.placements { try Self.place(key, on: host, database) }
            for report in changes.reports { try Self.finish(report, database) }
            for row in changes.samples { try Self.insert(row, database) }
            for row in changes.tags { try Self.save(row, database) }
            for (run, label, scouts) in changes.scouts {
                try database.cachedStatement(
                    sql: "INSERT OR REPLACE INTO scouts VALUES (?, ?, ?)"
                ).execute(arguments: [run, label, try Document.text(scouts)])
            }
            for (run, document) in changes.graphs {
                try database.execute(
                    sql: "UPDATE run SET graph = ? WHERE number = ?",
                    arguments: [try Self.number(ofGraph: document, database), run])
            }
            for run in changes.recalled {
                try database.execute(
                    sql: "DELETE FROM outbox WHERE run = ? AND sent = 0", arguments: [run])
            }
            for (sequence, answer) in changes.answers {
                try Self.save(answer, to: sequence, database)
            }
            for row in changes.notices { try Self.insert(row, database) }
            for (run, time) in changes.removed { try Self.remove(run, at: time, database) }
            for (path, entry) in known { try Self.save(path, entry, database) }
            if let token = changes.token {
                try database.execute(
                    sql: "UPDATE counter SET value = max(value, ?) WHERE name = 'token'",
                    arguments: [token])
            }
        }
    }

    private static func save(_ row: StoreChanges.RunChange, _ database: Database) throws {
        let record = row.record
        try database.cachedStatement(
            sql: """
                UPDATE run SET state = ?, held_from = ?, stop_reason = ?, is_partial = ?,
                    return_code = ?, priority = ?, message = ?,
                    ended_at = CASE WHEN ? THEN ended_at END
                WHERE number = ?
                """
        ).execute(arguments: [
            record.state.rawValue, record.heldFrom?.rawValue, record.stopReason, record.isPartial,
            record.returnCode, record.priority, record.message,
            record.state.isFinal, row.run,
        ])
    }

    private static func insert(_ row: StoreChanges.ExpansionRow, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO expansion (run, sequence, payload, document)
                SELECT ?, count(*), ?, ? FROM expansion WHERE run = ?
                """,
            arguments: [
                row.run, row.expansion.container,
                try Document.text(ExpansionDocument(row.expansion)), row.run,
            ])
    }

    static func save(_ rows: [StoreChanges.PayloadRow], _ database: Database) throws {
        guard !rows.isEmpty else { return }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO payload (run, number, state, attempts, failures, losses, message, more)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run, number) DO UPDATE SET state = excluded.state,
                    attempts = excluded.attempts, failures = excluded.failures,
                    losses = excluded.losses, message = excluded.message, more = excluded.more
                """)
        for row in rows {
            let life = row.life
            try statement.execute(arguments: [
                row.run, row.number, life.state.rawValue, life.attempts, life.failures,
                life.losses, life.message, try PayloadDetails(life)?.text,
            ])
        }
    }

    private static func insert(_ row: StoreChanges.AttemptRow, _ database: Database) throws {
        let result = row.result
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO attempt VALUES
                    (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            row.run, row.payload, row.number, row.path, row.outcome.rawValue,
            row.resources.cores, row.resources.memory, row.resources.walltime,
            result.exit.status, MJD(posixSeconds: result.start).days,
            MJD(posixSeconds: max(result.start, result.end)).days, result.usage.userSeconds,
            result.usage.systemSeconds, result.usage.peakMemory, result.usage.peakTree,
            result.usage.peakVirtual, result.usage.readBytes, result.usage.writtenBytes,
            row.message, row.contentKey,
        ])
    }

    private static func insert(_ output: StoredOutput, of run: Int64, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?)")
            .execute(arguments: [
                run, output.payload, output.port, output.path, output.digest.bytes,
                output.digest.sha256,
            ])
    }

    private static func insert(_ row: StoreChanges.SampleRow, _ database: Database) throws {
        let sample = row.sample
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            row.run, row.payload, row.attempt, sample.time, sample.cpuSeconds, sample.residentKiB,
            sample.virtualKiB, sample.readBytes, sample.writtenBytes,
        ])
    }

    private static func save(
        _ path: String, _ entry: KnownFiles.Entry?, _ database: Database
    ) throws {
        guard let entry else {
            try database.execute(sql: "DELETE FROM known_file WHERE path = ?", arguments: [path])
            return
        }
        let mark = entry.mark
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO known_file VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            path, Int64(bitPattern: mark.device), Int64(bitPattern: mark.inode), mark.bytes,
            mark.modified, mark.changed, entry.sha256,
        ])
    }

    /// The digests of files as they were read by earlier runners.
    func knownFiles() async throws -> [String: KnownFiles.Entry] {
        try await read { database in
            var entries: [String: KnownFiles.Entry] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT * FROM known_file")
            while let row = try rows.next() {
                entries[row["path"]] = KnownFiles.Entry(
                    mark: KnownFiles.Mark(
                        device: UInt64(bitPattern: row["device"]),
                        inode: UInt64(bitPattern: row["inode"]), bytes: row["bytes"],
                        modified: row["modified_ns"], changed: row["changed_ns"]),
                    sha256: row["sha256"])
            }
            return entries
        }
    }
}
