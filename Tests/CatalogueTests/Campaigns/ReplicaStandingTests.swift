import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import Testing

@Suite("Where products are to be")
struct ReplicaStandingTests {
    private static func standings(_ world: CampaignSample) async throws -> [String] {
        try await world.store.replicas(of: "test", survey: Sample.survey).map {
            "\($0.task) \($0.sdc) \($0.state.rawValue) \($0.orders) \($0.products) \($0.tries)"
                + ($0.reason.map { " \($0)" } ?? "")
        }
    }

    /// Reports an order with a product that is only where it ran.
    private static func complete(
        _ order: ProcessingOrder, _ world: CampaignSample
    ) async throws -> OwedReplica {
        let product = Product(
            name: "test/a/\(order.id)", item: order.item, order: order.id, bytes: 1000,
            sha256: String(repeating: "a", count: 64), madeFrom: [])
        let window = TimeWindow(start: CampaignSample.late, end: CampaignSample.late + 0.1)
        try await world.queue.report(
            OrderReport(
                order: order.id, sdc: order.sdc, event: .complete, attempt: 1, steps: [],
                products: [product], transfers: [], window: window, message: ""))
        return OwedReplica(product: product, survey: Sample.survey, to: order.replicaAt)
    }

    @Test("what is not made, there, on its way, tried in vain and without a sender is told apart")
    func lives() async throws {
        try await CampaignSample.run(observations: 2, tiles: false) { world in
            try await world.approve(
                "tasks: [{name: a, pipeline: x, per: observation, outputs: [b]}]")
            #expect(
                try await Self.standings(world) == [
                    "a SDC-DE INJECT 2 0 0", "a SDC-FR INJECT 2 0 0",
                ])
            let orders = try await world.take()
            let owed = try await Self.complete(orders[0], world)
            #expect(
                try await Self.standings(world) == [
                    "a SDC-DE INJECT 1 0 0", "a SDC-DE SUSPENDED 1 1 0", "a SDC-FR INJECT 1 0 0",
                    "a SDC-FR OK 1 0 0",
                ])
            _ = try await RunnerRegistry(world.connection).register(
                sdc: "SDC-FR", host: "h", folder: "/f", process: 1, lease: 3600)
            #expect(try await Self.standings(world)[1] == "a SDC-DE REPLICATING 1 1 0")
            for reason in ["disk full", "no route"] {
                try await world.queue.recordFailure(of: owed, from: "SDC-FR", because: reason)
            }
            #expect(try await Self.standings(world)[1] == "a SDC-DE STUCK 1 1 2 no route")
            try await world.queue.record(
                Transfer(
                    product: owed.product.name, from: "SDC-FR", to: "SDC-DE", purpose: .replica,
                    bytes: 1000, order: orders[0].id,
                    window: TimeWindow(start: CampaignSample.late, end: CampaignSample.late)))
            #expect(try await Self.standings(world)[1] == "a SDC-DE OK 1 0 0")
        }
    }
}
