import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

/// A catalogue with a published distribution and campaigns on it, whose runners are played.
struct CampaignSample: Sendable {
    /// By then everything of the distribution is released, and nothing is late.
    static let late = Sample.start + 5

    let connection: Connection
    let store: CampaignStore
    let queue: OrderQueue

    /// Runs a test with `observations` observations at SDC-FR and a tile for every two of them.
    static func run(
        observations: Int = 4, tiles: Bool = true,
        _ body: @Sendable (CampaignSample) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(
                distribution(observations: observations, tiles: tiles), Sample.request(1))
            try await body(
                CampaignSample(
                    connection: connection, store: CampaignStore(connection),
                    queue: OrderQueue(connection)))
        }
    }

    static func distribution(observations count: Int, tiles: Bool = true) -> Distribution {
        let observations = (1...count).map { Sample.observation("\($0)", day: Double($0) * 0.01) }
        let pairs = stride(from: 1, to: count, by: 2).map { ["\($0)", "\($0 + 1)"] }
        return Sample.distribution(
            observations: observations,
            tiles: tiles
                ? pairs.map { Sample.tile("T\($0[0])", day: 1, observations: $0) } : [])
    }

    /// Writes a campaign down, and approves it.
    @discardableResult
    func approve(
        _ text: String, clock: MJD = late, isDryRun: Bool = false
    ) async throws -> CampaignApproval {
        let campaign = try CampaignFile.read(
            "test", in: CampaignFolders(texts: ["test": "name: test\n" + text]))
        if try await !store.all().contains(where: { $0.campaign.id == "test" }) {
            try await store.add(campaign, survey: Sample.survey, by: "anna")
        }
        return try await store.approve(
            "test", survey: Sample.survey, clock: clock, by: "anna", because: "a test",
            isDryRun: isDryRun)
    }

    func task(_ name: ID<CampaignTask>) async throws -> StoredCampaign.Task {
        try #require(
            try await store.campaign("test", survey: Sample.survey, clock: Self.late)[name])
    }

    func state(_ name: ID<CampaignTask>) async throws -> TaskState { try await task(name).state }

    @discardableResult
    func sweep(_ everything: Bool = false) async throws -> CampaignStore.SweepResult {
        try await store.sweep(
            survey: Sample.survey, clock: Self.late, by: "sweep", everything: everything)
    }

    @discardableResult
    func give(
        _ command: TaskCommand, to task: ID<CampaignTask>, isDryRun: Bool = false
    ) async throws -> TaskChange {
        try await store.give(
            command, to: task, of: "test", survey: Sample.survey, by: "anna", because: "a test",
            isDryRun: isDryRun)
    }

    /// Takes the campaign's orders at an SDC; those of the daily processing that come with them
    /// are reported as completed.
    func take(_ sdc: ID<SDC> = "SDC-FR", limit: Int = 1000) async throws -> [ProcessingOrder] {
        var own: [ProcessingOrder] = []
        while own.count < limit {
            let orders = try await queue.take(
                sdc: sdc, limit: limit == 1000 ? limit : 1, clock: Self.late, runner: "runner")
            guard !orders.isEmpty else { break }
            for order in orders where order.task == nil { try await report(order) }
            own += orders.filter { $0.task != nil }
        }
        return own
    }

    /// Reports how an order ended.
    ///
    /// - Parameters:
    ///   - seconds: of its one step, which had two cores.
    ///   - memory: MiB that it used.
    func report(
        _ order: ProcessingOrder, _ event: OrderState.Event = .complete, message: String = "",
        seconds: Double = 864, memory: Double = 1000, written: Int = 1_048_576, attempt: Int = 1
    ) async throws {
        let window = TimeWindow(start: Self.late, end: Self.late + seconds / 86_400)
        try await queue.report(
            OrderReport(
                order: order.id, sdc: order.sdc, event: event, attempt: attempt,
                steps: [
                    StepReport(
                        name: "work", attempt: 1, exitCode: event == .complete ? 0 : 1,
                        window: window, cores: 2, memory: 2048,
                        use: StepUse(
                            cpuSeconds: seconds, peakMemory: memory, readBytes: 0,
                            writtenBytes: written))
                ], products: [], transfers: [], window: window, message: message))
    }
}
