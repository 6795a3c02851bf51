public import Campaigns
public import GroundSegment
import PostgreSQL

extension CampaignStore {
    /// What a sweep did besides letting rules fire.
    public struct SweepResult: Sendable {
        /// The tasks that were looked at, and the rules that fired.
        public let rules: Sweep.Result
        /// Tasks that there are in all.
        public let tasks: Int
        public let jobs: JobChanges

        public var vectors: [TaskVector] { rules.vectors }
        public var firings: [Firing] { rules.firings }
    }

    /// What a sweep did to jobs.
    public struct JobChanges: Hashable, Sendable {
        /// Jobs that were written down, orders that were made of jobs, jobs that were lost for
        /// want of an input.
        public var added = 0
        public var defined = 0
        public var lost = 0
        /// Failed jobs that were decided about, and first jobs that ran too long and were given up.
        public var decided = 0
        public var givenUp = 0
        /// Tasks whose estimates were renewed.
        public var estimated = 0
        /// Jobs that no SDC can take now.
        public var unplaced = 0

        public init() {}

        /// Whether something of what the rules look at was changed.
        var isSome: Bool { added + defined + lost + decided + givenUp + estimated > 0 }
    }

    /// Brings the tasks of campaigns on by the rules, and makes orders of the jobs whose turn it
    /// is, until nothing changes any more; all changes or none.
    ///
    /// What has not changed since the last sweep is not looked at, unless all is asked for; the
    /// end is the same.
    ///
    /// - Parameters:
    ///   - survey: only its campaigns; all where it is `nil`.
    ///   - clock: what is released later is awaited; the server's present where it is `nil`.
    ///   - isDryRun: only tells what would happen: everything is done and given back.
    ///   - everything: looks at all campaigns.
    /// - Throws: `EndlessSweep`; `CatalogueError`; `PostgreSQLError`.
    public func sweep(
        survey: ID<SurveyPlan>? = nil, clock: MJD? = nil, by actor: String,
        isDryRun: Bool = false, everything: Bool = false
    ) async throws -> SweepResult {
        try await undoing(isDryRun) { connection in
            // Two sweeps at once would see the same and write it twice.
            try connection.query("SELECT pg_advisory_xact_lock(hashtext('sgs.sweep'))")
            let clock = try Self.instant(clock, on: connection)
            var whole: [Int] = []
            var changed: [Int: [Int]] = [:]
            for row in try connection.query(
                CampaignSQL.toSweep, survey?.text, clock.posixSeconds, everything)
            {
                let campaign = try row.decode("campaign", as: Int.self)
                if let task = try row.decode("task", as: Int?.self) {
                    changed[campaign, default: []].append(task)
                } else {
                    whole.append(campaign)
                }
            }
            var run = SweepRun(
                try SweepScope(campaigns: whole, changed: changed, on: connection), clock: clock,
                actor: actor, mostLive: mostLive)
            let result = try run.run(on: connection)
            return SweepResult(
                rules: result,
                tasks: try connection.query(
                    "SELECT count(*) AS n FROM sgs.campaign_task WHERE part_of IS NULL")[0]
                    .decode("n"), jobs: run.jobs)
        }
    }

    /// An instant, or the server's present.
    static func instant(_ clock: MJD?, on connection: isolated Connection) throws -> MJD {
        if let clock { return clock }
        return MJD(
            posixSeconds: try connection.query(
                "SELECT extract(epoch FROM clock_timestamp())::float8 AS now")[0].decode("now"))
    }

    /// Runs a transaction whose effects are given back where it is only to be seen what they would
    /// be.
    func undoing<Value: Sendable>(
        _ isDryRun: Bool, _ body: @Sendable (isolated Connection) throws -> Value
    ) async throws -> Value {
        do {
            return try await connection.transaction { connection in
                let value = try body(connection)
                if isDryRun { throw Undone(value: value) }
                return value
            }
        } catch let undone as Undone<Value> {
            return undone.value
        }
    }

    /// Ends a transaction that was a dry run.
    private struct Undone<Value: Sendable>: Error {
        let value: Value
    }
}
