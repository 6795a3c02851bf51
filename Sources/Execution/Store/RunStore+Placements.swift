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
}
