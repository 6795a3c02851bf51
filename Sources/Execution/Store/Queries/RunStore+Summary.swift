import GRDB
public import GroundSegment

/// A run as `sdc-runner status` shows it.
public struct RunSummary: Hashable, Sendable {
    public let id: ID<Run>
    public let order: ID<ProcessingOrder>
    public let state: RunState
    /// Steps completed and steps in all.
    public let steps: (done: Int, all: Int)
    public let taken: MJD
    public let ended: MJD?
    /// What went wrong; empty where nothing did.
    public let message: String
    /// Whether something about it has still to be told, or a replica to be made.
    public let isOpen: Bool

    public static func == (left: RunSummary, right: RunSummary) -> Bool {
        left.id == right.id && left.state == right.state && left.steps == right.steps
            && left.isOpen == right.isOpen
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension RunStore {
    /// All runs, oldest first.
    public func summaries() async throws -> [RunSummary] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT r.*, (SELECT count(*) FROM payload p WHERE p.run = r.number) AS steps,
                        (SELECT count(*) FROM payload p WHERE p.run = r.number AND p.state = 'COMPLETED') AS done,
                        EXISTS (SELECT 1 FROM outbox o WHERE o.run = r.number AND o.sent = 0) AS open
                    FROM run r ORDER BY r.taken_at, r.number
                    """
            ).compactMap { row in
                RunState(rawValue: row["state"]).map { state in
                    RunSummary(
                        id: ID(row["id"] as String), order: ID(row["origin_id"] as String),
                        state: state,
                        steps: (done: row["done"], all: row["steps"]), taken: MJD(row["taken_at"]),
                        ended: (row["ended_at"] as Double?).map { MJD($0) },
                        message: row["message"],
                        isOpen: row["open"])
                }
            }
        }
    }

    /// The runs that have completed.
    func completed() async throws -> Set<ID<Run>> {
        try await read { database in
            Set(
                try String.fetchAll(database, sql: "SELECT id FROM run WHERE state = 'COMPLETED'")
                    .map { ID<Run>($0) })
        }
    }
}
