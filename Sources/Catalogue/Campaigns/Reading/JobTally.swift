import Campaigns
import PostgreSQL

/// How many jobs of a task are in which state; none of the daily processing, whose jobs are its
/// orders alone.
struct JobTally {
    /// The states of `sgs.campaign_job`.
    enum State: String {
        case pending, defined, running, failed, finished, lost, closed
    }

    private var all: [State: Int] = [:]
    private var scouts: [State: Int] = [:]

    func count(_ states: State...) -> Int { states.reduce(0) { $0 + (all[$1] ?? 0) } }

    func scouts(_ states: State...) -> Int { states.reduce(0) { $0 + (scouts[$1] ?? 0) } }

    var total: Int { all.values.reduce(0, +) }

    /// Scouts that are not pending.
    var begunScouts: Int { scouts.values.reduce(0, +) - (scouts[.pending] ?? 0) }

    /// As the rules see them.
    func counts(isCounted: Bool) -> JobCounts {
        JobCounts(
            total: total, isCounted: isCounted, active: count(.defined, .running, .failed),
            finished: count(.finished), lost: count(.lost, .closed))
    }

    /// By the tasks' keys.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema`; `PostgreSQLError`.
    static func all(of tasks: [Int], on connection: isolated Connection) throws -> [Int: JobTally] {
        var tallies: [Int: JobTally] = [:]
        guard !tasks.isEmpty else { return [:] }
        for row in try connection.query(CampaignSQL.tallies, tasks) {
            let name = try row.decode("state", as: String.self)
            guard let state = State(rawValue: name) else {
                throw CatalogueError(.otherSchema, "a job is in the unknown state \(name)")
            }
            let key = try row.decode("campaign_task", as: Int.self)
            tallies[key, default: JobTally()].all[state] = try row.decode("n", as: Int.self)
            tallies[key, default: JobTally()].scouts[state] = try row.decode(
                "scouts", as: Int.self)
        }
        return tallies
    }
}
