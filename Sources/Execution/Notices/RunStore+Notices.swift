import GRDB
public import GroundSegment

extension RunStore {
    /// Notices of payloads that a run may have: where hundreds fail, the first ones tell enough.
    static let mostOfRun = 20
    /// Notices that are kept though all have been told, and though none has.
    static let (mostTold, mostUntold) = (10_000, 100_000)

    static func insert(_ row: StoreChanges.NoticeRow, _ database: Database) throws {
        if row.content.job != nil {
            let count = try Int.fetchOne(
                try database.cachedStatement(
                    sql: """
                        SELECT count(*) FROM notice
                        WHERE run = ? AND kind IN ('job_failed', 'job_held')
                        """), arguments: [row.run])
            guard count ?? 0 < mostOfRun else { return }
        }
        try database.execute(
            sql: """
                INSERT INTO notice (made_at, kind, run, key, document)
                SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM notice WHERE key = ?4)
                """,
            arguments: [
                row.at.days, row.kind.rawValue, row.run, row.key, try Document.text(row.content),
            ])
        try database.execute(
            sql: """
                DELETE FROM notice
                WHERE number <= (SELECT max(number) FROM notice) - \(mostTold)
                        AND number <= coalesce((SELECT min(delivered) FROM hook), number)
                    OR number <= (SELECT max(number) FROM notice) - \(mostUntold)
                """)
    }

    /// Notices, the newest first.
    public func notices(of sdc: ID<SDC>, limit: Int) async throws -> [Notice] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM notice ORDER BY number DESC LIMIT ?",
                arguments: [limit]
            ).map { try Self.notice($0, sdc) }
        }
    }

    /// The first notice after the one of this number; `nil` where there is none.
    func notice(of sdc: ID<SDC>, after number: Int64) async throws -> Notice? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM notice WHERE number > ? ORDER BY number LIMIT 1",
                arguments: [number]
            ).map { try Self.notice($0, sdc) }
        }
    }

    private static func notice(_ row: Row, _ sdc: ID<SDC>) throws -> Notice {
        let number: Int64 = row["number"]
        guard let kind = Notice.Kind(rawValue: row["kind"]) else {
            throw ExecutionError(.store, "notice \(number) is of no known kind")
        }
        let content: NoticeContent = try Document.value(
            row["document"] as String, "notice \(number)")
        return Notice(
            number: number, sdc: sdc.text, at: MJD(row["made_at"]).exactISO8601, kind: kind,
            run: content.run, runNumber: row["run"], pipeline: content.pipeline, job: content.job,
            message: content.message)
    }

    /// The number of the last notice that was delivered to an address. One that is new is told what
    /// comes from now on; others that were known are forgotten.
    func openHook(_ url: String) async throws -> Int64 {
        try await write { database in
            try database.execute(sql: "DELETE FROM hook WHERE url <> ?", arguments: [url])
            try database.execute(
                sql: """
                    INSERT INTO hook SELECT ?, coalesce(max(number), 0) FROM notice WHERE TRUE
                    ON CONFLICT DO NOTHING
                    """, arguments: [url])
            return try Int64.fetchOne(
                database, sql: "SELECT delivered FROM hook WHERE url = ?", arguments: [url]) ?? 0
        }
    }

    func markDelivered(_ number: Int64, to url: String) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE hook SET delivered = ? WHERE url = ?", arguments: [number, url])
        }
    }
}
