import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct ApprovalTests {
    private static let bag = """
        tasks: [{name: a, pipeline: observation, per: observation, release: "9.2", outputs: [b]}]
        """
    private static let chain = """
        release: "9.2"
        data: [{name: frames, per: observation}]
        tasks:
          - {name: a, pipeline: x, per: observation, inputs: [frames], outputs: [b]}
          - {name: c, pipeline: y, per: tile, inputs: [b], outputs: [d]}
          - {name: e, pipeline: z, per: campaign, inputs: [d], outputs: [f]}
        """

    @Test("an approved campaign has orders of its own beside the daily ones of the same items")
    func beside() async throws {
        try await CampaignSample.run { world in
            let approval = try await world.approve(Self.bag)
            #expect(approval.jobs == 4 && approval.defined == 4)
            #expect(approval.tasks.map(\.orders) == [["SDC-FR": 4]])
            #expect(try await world.state("a") == .running)
            let orders = try await world.take()
            #expect(orders.count == 4)
            #expect(orders.allSatisfy { $0.task?.campaign == "test" && $0.task?.name == "a" })
            #expect(orders.allSatisfy { $0.softwareRelease == "9.2" && $0.replicaAt == "SDC-DE" })
            #expect(orders.first?.id == "TEST-test-a-OBS-1")
            let daily = try await world.store.campaign("daily", survey: Sample.survey)
            #expect(daily.tasks.map { $0.jobs.values.reduce(0, +) } == [4, 2])
        }
    }

    @Test("where daily orders are late at the primary, jobs run at the secondary")
    func late() async throws {
        try await CampaignSample.run { world in
            let approval = try await world.approve(Self.bag, clock: Sample.start + 50)
            #expect(approval.tasks.map(\.orders) == [["SDC-DE": 4]])
            let places = try await world.store.places(
                of: "a", of: "test", survey: Sample.survey, clock: Sample.start + 50)
            #expect(
                places?.placed.map(\.reason)
                    == ["secondary of the item, for the primary is late"])
        }
    }

    @Test("a dry run tells what an approval would do and leaves nothing behind")
    func dryRun() async throws {
        try await CampaignSample.run { world in
            let dry = try await world.approve(Self.bag, isDryRun: true)
            #expect(dry.defined == 4)
            #expect(
                try await world.connection.count("SELECT count(*) AS n FROM sgs.campaign_job") == 0)
            #expect(
                try await world.connection.count(
                    "SELECT count(*) AS n FROM sgs.processing_order WHERE lane <> 0") == 0)
            #expect(try await world.approve(Self.bag) == dry)
            let again = await catalogueError { try await world.approve(Self.bag) }
            #expect(again?.code == .illegalChange)
        }
    }

    @Test("each job of a chain gets its order when its inputs are made")
    func chained() async throws {
        try await CampaignSample.run { world in
            let approval = try await world.approve(Self.chain)
            #expect(approval.tasks.map(\.jobs) == [4, 2, 1])
            #expect(approval.tasks.map { $0.orders.values.reduce(0, +) } == [4, 0, 0])
            for order in try await world.take() { try await world.report(order) }
            let second = try await world.sweep()
            #expect(second.jobs.defined == 2)
            #expect(try await world.state("a") == .done)
            let tiles = try await world.take()
            #expect(tiles.map(\.item) == [.tile("T1"), .tile("T3")])
            #expect(
                tiles.first?.inputs.map(\.producer)
                    == ["TEST-test-a-OBS-1", "TEST-test-a-OBS-2"])
            for order in tiles { try await world.report(order) }
            try await world.sweep()
            var last: [ProcessingOrder] = []
            for sdc in Sample.sdcs where last.isEmpty { last = try await world.take(sdc.id) }
            #expect(last.map(\.item) == [.campaign("test")])
            for order in last { try await world.report(order) }
            try await world.sweep()
            for task in ["a", "c", "e"] as [ID<CampaignTask>] {
                #expect(try await world.state(task) == .done)
            }
            #expect(try await world.sweep().firings.isEmpty)
            #expect(try await world.sweep(true).firings.isEmpty)
        }
    }

    @Test("items are chosen by period, region, list and query on the published distribution")
    func items() async throws {
        let choices: [(String, Int)] = [
            ("period: {start: 2027-01-04T00:20:00Z, end: 2027-02-01}", 3),
            ("region: {cone: {ra: 10, dec: 10, radius: 1}}", 4),
            ("region: {cone: {ra: 20, dec: 10, radius: 1}}", 0),
            ("observations: [\"2\", \"3\"]", 2),
            (
                "query: \"SELECT 'observation' AS kind, observation AS item FROM "
                    + "sgs.observation_ownership WHERE observation > '3'\"", 1
            ),
        ]
        for (choice, jobs) in choices {
            try await CampaignSample.run { world in
                let approval = try await world.approve(
                    "items: {\(choice)}\n" + Self.bag, isDryRun: true)
                #expect(approval.jobs == jobs, "\(choice)")
            }
        }
    }

    @Test("a query that cannot be asked is refused, and nothing is approved")
    func badQuery() async throws {
        try await CampaignSample.run { world in
            let error = await catalogueError {
                try await world.approve("items: {query: \"SELECT nothing\"}\n" + Self.bag)
            }
            #expect(error?.code == .illegalChange)
            let found = try await world.store.campaign("test", survey: Sample.survey)
            #expect(found.approvedAt == nil)
        }
    }

    @Test("a simulation bag has a job for each number, spread over the SDCs, and its summary")
    func numbers() async throws {
        try await CampaignSample.run { world in
            let approval = try await world.approve(
                """
                tasks:
                  - {name: s, pipeline: x, per: number, count: 40, outputs: [b]}
                  - {name: t, pipeline: y, per: campaign, inputs: [b], outputs: [d]}
                """)
            #expect(approval.tasks.map(\.jobs) == [40, 1])
            #expect(approval.tasks[0].orders.count == 4)
            let orders = try await world.take(approval.tasks[0].orders.keys.sorted()[0])
            #expect(orders.allSatisfy { $0.item.kind == .number })
        }
    }

    @Test("jobs of no item leave out an SDC whose runner gives no sign, as long as another does")
    func silent() async throws {
        try await CampaignSample.run { world in
            _ = try await world.connection.query(
                """
                INSERT INTO sgs.runner (
                    sdc, token, host, folder, process, since, last_sign, lease_seconds)
                VALUES ('SDC-FR', 1, 'node', '/tmp', 1, now() - interval '1 hour',
                    now() - interval '5 minutes', 60)
                """)
            let approval = try await world.approve(
                "tasks: [{name: s, pipeline: x, per: number, count: 40, outputs: [b]}]")
            #expect(approval.tasks[0].orders["SDC-FR"] == nil)
            #expect(approval.tasks[0].orders.count == 3 && approval.defined == 40)
        }
    }

    @Test("data that come later are waited for, and a job of what never comes is lost")
    func outside() async throws {
        try await CampaignSample.run { world in
            let text = """
                data: [{name: frames, per: observation}]
                tasks:
                  - {name: a, pipeline: x, per: observation, inputs: [frames], outputs: [b],
                     policy: {open: true, tolerance: 1}}
                """
            let early = try await world.approve(text, clock: Sample.start + 2.025)
            #expect(early.jobs == 4 && early.defined == 2)
            _ = try await ArrivalStore(world.connection).record(
                .lost, of: ["4"], survey: Sample.survey, by: "anna", because: "gone")
            let later = try await world.sweep()
            #expect(later.jobs.defined == 1 && later.jobs.lost == 1)
            for order in try await world.take() { try await world.report(order) }
            try await world.sweep()
            #expect(try await world.state("a") == .finished)
        }
    }
}
