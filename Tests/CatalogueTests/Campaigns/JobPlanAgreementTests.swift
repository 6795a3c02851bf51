import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct JobPlanAgreementTests {
    /// A producer of which some jobs finish, some are lost and some run on, and tiles that read it.
    private struct Case: Sendable {
        let finished: Set<Int>
        let lost: Set<Int>
        let isPartial: Bool
        let coverage: Double
        let isReleased: Bool

        init(_ number: Int) {
            // Of four observations each one of three fates; digits of the number to the base 3.
            var digits = number
            var (finished, lost): (Set<Int>, Set<Int>) = ([], [])
            for observation in 1...4 {
                switch digits % 3 {
                case 0: finished.insert(observation)
                case 1: lost.insert(observation)
                default: break
                }
                digits /= 3
            }
            self.finished = finished
            self.lost = lost
            isPartial = digits % 2 == 1
            coverage = digits / 2 % 2 == 1 ? 0.5 : 1
            isReleased = digits / 4 % 2 == 1
        }
    }

    @Test(
        "the catalogue finds the jobs ready, waiting and lost that the plan of jobs does",
        arguments: Array(stride(from: 0, to: 648, by: 47)))
    func agrees(number: Int) async throws {
        let this = Case(number)
        try await CampaignSample.run { world in
            let policy = "open: true, partial: \(this.isPartial), coverage: \(this.coverage)"
            try await world.approve(
                """
                tasks:
                  - {name: a, pipeline: x, per: observation, outputs: [b],
                     policy: {tolerance: 4, retries: 0}}
                  - {name: c, pipeline: y, per: tile, inputs: [b], outputs: [d],
                     policy: {\(policy), tolerance: 2}}
                """)
            for order in try await world.take() {
                let id = try #require(Int(order.item.text))
                if this.finished.contains(id) {
                    try await world.report(order)
                } else if this.lost.contains(id) {
                    try await world.report(order, .fail, message: "work: exit code 3")
                }
            }
            // Its state decides whether the tiles' task may define jobs; here it may.
            try await world.connection.query(
                """
                ALTER TABLE sgs.campaign_task DISABLE TRIGGER campaign_task_transition
                """)
            try await world.connection.query(
                """
                UPDATE sgs.campaign_task SET state = 'running', released = $1 WHERE name = 'c'
                """, this.isReleased)
            try await world.sweep(true)

            let campaign = try await world.store.campaign("test", survey: Sample.survey).campaign
            let task = try #require(campaign.graph["c" as ID<CampaignTask>])
            let keys = ["T1", "T3"].map { JobKey.item(.tile(ID($0))) }
            // What no longer runs can still come while its task may be retried: only lost jobs of a
            // task that has ended, or that were given up, never do.
            let plan = JobPlan(
                task, in: campaign.graph, keys: keys,
                overlaps: Overlaps(["T1": ["1", "2"], "T3": ["3", "4"]]),
                isReleased: this.isReleased
            ) { part in
                guard case .item(let item) = part.key, let id = Int(item.text) else {
                    return .lost
                }
                return this.finished.contains(id)
                    ? .there : this.lost.contains(id) ? .lost : .coming
            }
            let rows = try await world.connection.query(
                """
                SELECT i.id, j.state FROM sgs.campaign_job j
                JOIN sgs.campaign_task t USING (campaign_task) JOIN sgs.item i USING (item)
                WHERE t.name = 'c' ORDER BY i.id
                """)
            for row in rows {
                let key = JobKey.item(.tile(ID(try row.decode("id", as: String.self))))
                let expected =
                    plan.ready.contains { $0.key == key }
                    ? "defined" : plan.lost[key] != nil ? "lost" : "pending"
                #expect(try row.decode("state", as: String.self) == expected, "\(this) \(key)")
            }
        }
    }
}
