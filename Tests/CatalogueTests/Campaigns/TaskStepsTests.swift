import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import Testing

/// A pipeline that runs once before the jobs of a task, and one after them.
@Suite("steps of tasks")
struct TaskStepsTests {
    private static let text = """
        tasks:
          - {name: vis, pipeline: observation, per: observation, outputs: [frames]}
          - {name: co, pipeline: stack, per: observation, inputs: [frames], outputs: [d],
             prepare: split, merge: join}
          - {name: all, pipeline: sum, per: campaign, inputs: [d], outputs: [e]}
        """

    /// What waits at all SDCs.
    private static func taken(_ world: CampaignSample) async throws -> [ProcessingOrder] {
        let sdcs = try await world.connection.query("SELECT id FROM sgs.sdc ORDER BY id").map {
            ID<SDC>(try $0.decode("id", as: String.self))
        }
        var taken: [ProcessingOrder] = []
        for sdc in sdcs { taken += try await world.take(sdc) }
        return taken
    }

    /// Takes what waits, all of one pipeline, and reports it.
    private static func run(
        _ world: CampaignSample, _ pipeline: String, _ count: Int,
        _ event: OrderState.Event = .complete, attempt: Int = 1
    ) async throws {
        let taken = try await taken(world)
        #expect(taken.map(\.pipeline) == Array(repeating: pipeline, count: count))
        for order in taken {
            try await world.report(
                order, event, message: "work: exit code 1", attempt: attempt)
        }
        try await world.sweep()
    }

    @Test("inputs are prepared before the jobs are defined, and outputs are joined after them")
    func both() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.text)
            #expect(try await world.state("co") == .pending)
            try await Self.run(world, "observation", 4)
            #expect(try await world.state("co") == .preprocessing)
            #expect(try await world.task("co").jobs.isEmpty)
            #expect(
                TaskReason(try await world.task("co")).text.hasSuffix("a job prepares its inputs"))
            try await Self.run(world, "split", 1)
            #expect(try await world.state("co") == .running)
            // The jobs read what was prepared besides their own input.
            let lanes = try await world.connection.query(
                """
                SELECT DISTINCT t.name FROM sgs.order_input i
                JOIN sgs.processing_order o USING (processing_order)
                JOIN sgs.campaign_task t ON t.campaign_task = i.lane
                WHERE o.pipeline = 'stack' ORDER BY 1
                """
            ).map { try $0.decode("name", as: String.self) }
            #expect(lanes == ["co+prepare", "vis"])
            try await Self.run(world, "stack", 4)
            #expect(try await world.state("co") == .merging)
            #expect(try await world.task("all").jobs.isEmpty)
            try await Self.run(world, "join", 1)
            #expect(try await world.state("co") == .done)
            // Who reads all reads what was joined.
            let read = try await world.connection.query(
                """
                SELECT DISTINCT t.name FROM sgs.order_input i
                JOIN sgs.processing_order o USING (processing_order)
                JOIN sgs.campaign_task t ON t.campaign_task = i.lane WHERE o.pipeline = 'sum'
                """
            ).map { try $0.decode("name", as: String.self) }
            #expect(read == ["co+merge"])
            try await Self.run(world, "sum", 1)
            #expect(try await world.state("all") == .done)
            let states = try await world.store.events(of: "test", survey: Sample.survey, limit: 200)
                .filter { $0.task == "co" && $0.data == nil }.compactMap(\.to)
            #expect(Set(["topreprocess", "preprocessing", "merging"]).isSubset(of: states))
            let costs = try await world.store.cost(of: "test", survey: Sample.survey)
            #expect(costs.map(\.task) == ["vis", "co", "co+prepare", "co+merge", "all"])
            #expect(costs.allSatisfy { $0.attempts > 0 && $0.remaining == 0 })
            let summary = try #require(
                try await world.store.summaries().first { $0.id == "test" })
            #expect(summary.tasks == [.done: 3] && summary.jobs == [.completed: 11])
            #expect(try await world.sweep(true).firings.isEmpty)
            let fired = try await world.store.firings(of: "test", survey: Sample.survey)
            #expect(fired["to-merge"] == 1 && fired["inputs-prepared"] == 1)
            #expect(fired["admitted"] == 3 && fired["failed"] == nil)
        }
    }

    @Test("a step whose job is lost holds its task, and goes on when its order is retried")
    func lost() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.text)
            try await Self.run(world, "observation", 4)
            // Once, and as often again as a task's policy has it.
            for attempt in 1...4 { try await Self.run(world, "split", 1, .fail, attempt: attempt) }
            let held = try await world.task("co")
            #expect(held.state == .preprocessing && held.vector.preparation == .failed)
            #expect(TaskReason(held).text.contains("the job that prepares its inputs is lost"))
            #expect(!Holdups([held.vector])[held.vector.key].isEmpty)
            let errors = try await world.store.errors(
                of: "test", task: "co", survey: Sample.survey, limit: 5)
            let order = try #require(errors.first)
            #expect(order.task == "co+prepare")
            try await OrderStore(world.connection).retry(
                order.order, by: "anna", because: "the disk is back")
            try await Self.run(world, "split", 1, attempt: 5)
            #expect(try await world.state("co") == .running)
        }
    }

    @Test("nothing is joined where no job has finished")
    func nothing() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(
                """
                tasks:
                  - {name: co, pipeline: stack, per: number, count: 2, outputs: [d], merge: join,
                     policy: {retries: 0}}
                """)
            try await Self.run(world, "stack", 2, .fail)
            #expect(try await world.state("co") == .failed)
        }
    }

    @Test("a task that is killed while its inputs are prepared waits for that job, too")
    func killed() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.text)
            try await Self.run(world, "observation", 4)
            let order = try #require(try await Self.taken(world).first)
            #expect(try await world.give(.kill, to: "co").stopped == 1)
            try await world.sweep()
            #expect(try await world.state("co") == .aborting)
            try await world.report(order, .abort, message: "stopped")
            try await world.sweep()
            #expect(try await world.state("co") == .aborted)
            // What was ended is done again before the jobs.
            try await world.give(.retry, to: "co")
            try await world.sweep()
            try await Self.run(world, "split", 1, attempt: 2)
            try await Self.run(world, "stack", 4)
            #expect(try await world.state("co") == .merging)
        }
    }
}
