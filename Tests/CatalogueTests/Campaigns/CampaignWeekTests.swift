import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct CampaignWeekTests {
    private static let late = Sample.start + 50

    /// The daily campaign with one observation's order completed a week before `late`.
    private func withOneDone(
        _ body: @Sendable (CampaignStore) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: Self.late, runner: "r")
            let order = try #require(orders.first)
            let end = Self.late + -7
            try await queue.report(
                OrderReport(
                    order: order.id, sdc: order.sdc, event: .complete, attempt: 1, steps: [],
                    products: [], transfers: [], window: TimeWindow(start: end, end: end)))
            try await body(CampaignStore(connection))
        }
    }

    @Test("weeks tell what was released and what completed, each from a Monday on")
    func weeks() async throws {
        try await withOneDone { store in
            let weeks = try await store.weeks(of: CampaignStore.daily, survey: Sample.survey)
            #expect(weeks.reduce(0) { $0 + $1.released } == 4)
            let done = weeks.filter { $0.completed > 0 }
            #expect(done.map(\.completed) == [1])
            let start = try #require(done.first?.start)
            #expect(start <= Self.late + -7 && Self.late + -7 < start + 7)
            // 1858-11-17, day 0, was a Wednesday.
            #expect((Int(start.days) + 2) % 7 == 0)
            #expect(weeks.map(\.start) == weeks.map(\.start).sorted())
        }
    }

    @Test("an unknown campaign is refused")
    func unknown() async throws {
        try await withOneDone { store in
            let error = await catalogueError {
                try await store.weeks(of: "none", survey: Sample.survey)
            }
            #expect(error?.code == .unknownItem)
        }
    }
}
