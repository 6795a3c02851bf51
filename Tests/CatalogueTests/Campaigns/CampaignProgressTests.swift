import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct CampaignProgressTests {
    private static let late = Sample.start + 50

    /// Two observations at SDC-FR: one completed two days before `late`, one failed.
    private func withEnded(
        _ body: @Sendable (CampaignStore) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            for (order, event) in zip(orders, [OrderState.Event.complete, .fail]) {
                let end = Self.late + (event == .complete ? -1.5 : -0.5)
                try await queue.report(
                    OrderReport(
                        order: order.id, sdc: order.sdc, event: event, attempt: 1, steps: [],
                        products: [],
                        transfers: [], window: TimeWindow(start: end, end: end),
                        message: event == .fail ? "no disk" : ""))
            }
            try await body(CampaignStore(connection))
        }
    }

    private func progress(_ store: CampaignStore) async throws -> CampaignProgress {
        try await store.progress(of: CampaignStore.daily, survey: Sample.survey, at: Self.late)
    }

    @Test("jobs are counted by task and SDC, and those that failed are told with their message")
    func lines() async throws {
        try await withEnded { store in
            let progress = try await progress(store)
            let observations = try #require(progress.lines.first)
            #expect(observations.task == "observation")
            #expect(observations.sdc == "SDC-FR")
            #expect(observations.jobs == [.completed: 1, .error: 1])
            #expect(progress.lines.map(\.task) == ["observation", "tile", "tile"])
            #expect(progress.left == 2)
            #expect(progress.failures.map(\.message) == ["no disk"])
            #expect(progress.failures.first?.item == ItemID.observation("2"))
        }
    }

    @Test("days are counted back from the clock, weeks tell what was released and what completed")
    func time() async throws {
        try await withEnded { store in
            let progress = try await progress(store)
            #expect(progress.days == [0, 1])
            #expect(progress.weeks.reduce(0) { $0 + $1.released } == 4)
            #expect(progress.weeks.filter { $0.completed > 0 }.count == 1)
            let starts = progress.weeks.map(\.start)
            #expect(starts == starts.sorted())
            let forecast = try #require(progress.forecast(at: Self.late))
            #expect(forecast.rate == 0.5)
            #expect(forecast.end == Self.late + 4)
        }
    }

    @Test("an unknown campaign is refused")
    func unknown() async throws {
        try await withEnded { store in
            let error = await catalogueError {
                try await store.progress(of: "none", survey: Sample.survey, at: Self.late)
            }
            #expect(error?.code == .unknownItem)
        }
    }
}
