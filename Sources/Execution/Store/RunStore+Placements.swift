import GRDB

extension RunStore {
    /// The host that the last attempt of a payload was given to.
    struct Placement: Hashable, Sendable {
        let attempt: Int
        let host: HostID
    }

    static func place(_ key: AttemptKey, on host: HostID, _ database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO placement VALUES (?, ?, ?, ?)"
        ).execute(arguments: [key.run, key.payload, key.attempt, host.name])
    }

    /// The hosts of attempts of runs that are not over, other than the only host of a runner that
    /// has one.
    func placements() async throws -> [PayloadKey: Placement] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT placement.* FROM placement JOIN run ON run.number = placement.run
                    WHERE state IN ('PENDING', 'EXECUTING', 'HELD')
                    """)
            return Dictionary(
                rows.map { row in
                    (
                        PayloadKey(run: row["run"], payload: row["payload"]),
                        Placement(attempt: row["attempt"], host: HostID(row["host"]))
                    )
                },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Names of the hosts of a run's last attempts, by payload, other than the only host of a runner
    /// that has one.
    static func hosts(
        of run: Int64, payload: Int? = nil, _ database: Database
    ) throws -> [Int: String] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT payload, host FROM placement
                WHERE run = ?1 AND (?2 IS NULL OR payload = ?2)
                """, arguments: [run, payload])
        let hosts = rows.map { row in (row["payload"] as Int, row["host"] as String) }
        return Dictionary(hosts.filter { $1 != HostID.here.name }) { first, _ in first }
    }
}
