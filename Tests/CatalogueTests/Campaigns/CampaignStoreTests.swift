import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct CampaignStoreTests {
    private static let late = Sample.start + 50

    private func withDaily(
        _ body: @Sendable (CampaignStore, OrderQueue, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await body(CampaignStore(connection), OrderQueue(connection), connection)
        }
    }

    private func states(_ store: CampaignStore) async throws -> [String] {
        try await store.campaign(CampaignStore.daily, survey: Sample.survey).tasks
            .map(\.state.rawValue)
    }

    private func give(
        _ store: CampaignStore, _ command: TaskCommand, to task: ID<CampaignTask>,
        isDryRun: Bool = false
    ) async throws -> TaskChange {
        try await store.give(
            command, to: task, of: CampaignStore.daily, survey: Sample.survey, by: "anna",
            because: "a test", isDryRun: isDryRun)
    }

    @Test("the catalogue allows a task's changes that rules and commands make, and no others")
    func transitions() async throws {
        try await withDaily { _, _, connection in
            let rows = try await connection.query(
                "SELECT from_state, to_state FROM sgs.task_transition")
            let steps = try Set(
                rows.map { row in
                    RuleTable.Step(
                        from: try #require(TaskState(rawValue: row.decode("from_state"))),
                        to: try #require(TaskState(rawValue: row.decode("to_state"))))
                })
            #expect(steps == RuleTable.standard.steps)
            do {
                try await connection.query("UPDATE sgs.campaign_task SET state = 'done'")
                Issue.record("the database took it")
            } catch SQLState.checkViolation {
            }
        }
    }

    @Test("what is published is the daily campaign, whose tasks a sweep brings on to a fixed point")
    func daily() async throws {
        try await withDaily { store, queue, _ in
            let found = try await store.campaign(CampaignStore.daily, survey: Sample.survey)
            #expect(found.approvedAt != nil)
            #expect(found.tasks.map(\.id.text) == ["observation", "tile"])
            #expect(found.tasks.map { $0.jobs[.allocated] } == [2, 2])
            let dry = try await store.sweep(by: "sweep", isDryRun: true)
            #expect(!dry.firings.isEmpty)
            #expect(try await states(store) == ["registered", "registered"])
            let first = try await store.sweep(by: "sweep")
            #expect(first.firings == dry.firings)
            #expect(try await states(store) == ["pending", "pending"])
            #expect(try await store.sweep(by: "sweep").firings.isEmpty)

            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            try await queue.report(OrderQueueTests.report(orders[0]))
            _ = try await store.sweep(by: "sweep")
            #expect(try await states(store) == ["running", "running"])
            let events = try await store.events(
                of: CampaignStore.daily, survey: Sample.survey, limit: 100)
            #expect(events.contains { $0.to == "running" && !$0.isCommand && $0.actor == "sweep" })
            #expect(events.last?.name == "approve")
        }
    }

    @Test("runners take no job of a paused task, and go on where it is resumed")
    func pause() async throws {
        try await withDaily { store, queue, _ in
            _ = try await store.sweep(by: "sweep")
            let change = try await give(store, .pause, to: "observation")
            #expect(change.from == .pending && change.to == .paused)
            #expect(
                try await queue.take(sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
                    .isEmpty)
            await #expect(throws: RefusedCommand.self) {
                _ = try await give(store, .pause, to: "observation")
            }
            #expect(try await give(store, .resume, to: "observation").to == .pending)
            #expect(
                try await queue.take(sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
                    .count == 2)
        }
    }

    @Test("a killed task's orders are withdrawn or asked to stop, and then it is aborted")
    func kill() async throws {
        try await withDaily { store, queue, connection in
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: Self.late, runner: "r")
            _ = try await store.sweep(by: "sweep")
            let dry = try await give(store, .kill, to: "observation", isDryRun: true)
            #expect(dry.withdrawn == 1 && dry.stopped == 1)
            #expect(try await states(store).first == "running")
            let change = try await give(store, .kill, to: "observation")
            #expect(change.withdrawn == 1 && change.stopped == 1)
            #expect(
                try await queue.wishes(sdc: "SDC-FR").first?.cancellation
                    == "cancelled by anna: a test")
            _ = try await store.sweep(by: "sweep")
            #expect(try await states(store).first == "aborting")
            try await queue.report(OrderQueueTests.report(orders[0], event: .abort))
            _ = try await store.sweep(by: "sweep")
            #expect(try await states(store).first == "aborted")
            #expect(try await give(store, .retry, to: "observation").retried == 1)
            _ = try await store.sweep(by: "sweep")
            #expect(try await states(store).first == "running")
            _ = connection
        }
    }

    @Test("lost jobs run again after a retry, and a move gives those that wait to the other SDC")
    func retryAndReassign() async throws {
        try await withDaily { store, queue, _ in
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: Self.late, runner: "r")
            try await queue.report(OrderQueueTests.report(orders[0], event: .fail))
            _ = try await store.sweep(by: "sweep")
            await #expect(throws: RefusedCommand.self) {
                _ = try await give(store, .retry, to: "observation")
            }
            let moved = try await give(store, .reassign, to: "observation")
            #expect(moved.moved == 1)
            let other = try await queue.take(
                sdc: "SDC-DE", limit: 9, clock: Self.late, runner: "r")
            #expect(other.map(\.item) == [.observation("2")])
        }
    }

    @Test("another campaign is written down with its graph, once, and does not begin by itself")
    func add() async throws {
        try await withDaily { store, _, _ in
            let campaign = try CampaignFile.read(
                "two",
                in: CampaignFolders(texts: [
                    "two": """
                    name: two
                    data: [{name: frames, per: observation}]
                    tasks:
                      - {name: a, pipeline: x, per: observation, inputs: [frames], outputs: [b]}
                      - {name: c, pipeline: y, per: campaign, inputs: [b], outputs: [d]}
                    """
                ]))
            try await store.add(campaign, survey: Sample.survey, by: "anna")
            let found = try await store.campaign("two", survey: Sample.survey)
            #expect(found.campaign.graph == campaign.graph)
            #expect(found.approvedAt == nil)
            _ = try await store.sweep(by: "sweep")
            #expect(
                try await store.campaign("two", survey: Sample.survey).tasks.map(\.state)
                    == [.registered, .registered])
            let again = await catalogueError {
                try await store.add(campaign, survey: Sample.survey, by: "anna")
            }
            #expect(again?.code == .illegalChange)
            #expect(try await store.all().map(\.campaign.id) == ["daily", "two"])
            let none = await catalogueError {
                try await store.campaign("three", survey: Sample.survey)
            }
            #expect(none?.code == .unknownItem)
        }
    }
}
