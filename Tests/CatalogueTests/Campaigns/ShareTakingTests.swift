import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct ShareTakingTests {
    /// An SDC with so many places for jobs, of which each runs as long as its campaign has it.
    private struct Site {
        struct Running {
            let end: Double
            let order: ProcessingOrder
            let seconds: Double
        }

        var running: [Running] = []
        var now = 0.0
        var used: [String: Double] = [:]
        var random: UInt64 = 42

        /// 0.5 to 1.5, the same each time.
        mutating func draw() -> Double {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return 0.5 + Double(random >> 33) / Double(1 << 31)
        }
    }

    @Test("what runners are given holds the shares within 5 % of the core-hours of a day")
    func shares() async throws {
        try await CampaignSample.run(observations: 400, tiles: false) { world in
            for (name, share, priority) in [("one", 0.7, 0), ("two", 0.3, 50)] {
                let campaign = try CampaignFile.read(
                    name,
                    in: CampaignFolders(texts: [
                        name: """
                        name: \(name)
                        share: \(share)
                        priority: \(priority)
                        tasks: [{name: a, pipeline: x, per: observation, outputs: [b]}]
                        """
                    ]))
                try await world.store.add(campaign, survey: Sample.survey, by: "anna")
                try await world.store.approve(
                    ID(name), survey: Sample.survey, clock: CampaignSample.late, by: "anna",
                    because: "")
            }
            // Seconds of a job of each: none is what was expected of it, an hour.
            let lengths = ["daily": 5400.0, "one": 1800.0, "two": 3600.0]
            var site = Site()
            while site.now < 86_400 {
                while site.running.count < 10 {
                    let orders = try await world.queue.take(
                        sdc: "SDC-FR", limit: 1, clock: CampaignSample.late, runner: "r")
                    let order = try #require(orders.first)
                    let name = order.task?.campaign ?? "daily"
                    let seconds = (lengths[name] ?? 0) * site.draw()
                    site.running.append(
                        Site.Running(end: site.now + seconds, order: order, seconds: seconds))
                }
                let next = try #require(
                    site.running.indices.min { site.running[$0].end < site.running[$1].end })
                let ended = site.running.remove(at: next)
                site.now = ended.end
                try await world.report(ended.order, seconds: ended.seconds)
                site.used[ended.order.task?.campaign ?? "daily", default: 0] += ended.seconds
            }
            let total = site.used.values.reduce(0, +)
            for (name, part) in [("daily", 0.5), ("one", 0.35), ("two", 0.15)] {
                let used = (site.used[name] ?? 0) / total
                #expect(abs(used / part - 1) <= 0.05, "\(name): \(used), expected \(part)")
            }
            let accounts = try await world.connection.query(
                "SELECT sum(used) AS used FROM sgs.share_account")[0].decode(
                    "used", as: Double.self)
            // Two cores each; what runs is charged as it was expected.
            let charged = total * 2 / 3600 + 10
            #expect(abs(accounts / charged - 1) < 0.1)
        }
    }

    @Test("within a campaign priority decides, and one that has nothing leaves its part to others")
    func priorities() async throws {
        try await CampaignSample.run(observations: 6, tiles: false) { world in
            try await world.approve(
                """
                tasks:
                  - {name: a, pipeline: x, per: observation, outputs: [b]}
                  - {name: c, pipeline: y, per: observation, outputs: [d], priority: 5}
                """)
            let orders = try await world.queue.take(
                sdc: "SDC-FR", limit: 8, clock: CampaignSample.late, runner: "r")
            let own = orders.compactMap(\.task?.name)
            #expect(own == ["c", "c", "c", "c"])
            #expect(orders.count { $0.task == nil } == 4)
            let rest = try await world.queue.take(
                sdc: "SDC-FR", limit: 100, clock: CampaignSample.late, runner: "r")
            #expect(rest.count == 10)
        }
    }

    @Test("a runner leaves pipelines that it holds to themselves when campaigns share its SDC")
    func held() async throws {
        try await CampaignSample.run(observations: 4, tiles: false) { world in
            try await world.approve(
                "tasks: [{name: a, pipeline: x, per: observation, outputs: [b]}]")
            let orders = try await world.queue.take(
                sdc: "SDC-FR", limit: 100, clock: CampaignSample.late, runner: "r",
                leaving: ["x"])
            #expect(orders.count == 4 && orders.allSatisfy { $0.task == nil })
        }
    }
}
