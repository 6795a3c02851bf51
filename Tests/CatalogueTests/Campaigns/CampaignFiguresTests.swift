import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct CampaignFiguresTests {
    private static let bag = """
        share: 0.5
        tasks: [{name: a, pipeline: observation, per: observation, outputs: [b],
          policy: {request: {walltime_s: 7200}}}]
        """

    @Test("jobs are counted by task, SDC and state, and those without an order by themselves")
    func counts() async throws {
        try await CampaignSample.run { world in
            try await world.approve(
                """
                tasks:
                  - {name: a, pipeline: x, per: observation, outputs: [b]}
                  - {name: c, pipeline: y, per: tile, inputs: [b], outputs: [d]}
                """)
            let orders = try await world.take(limit: 2)
            try await world.report(orders[0])
            let counts = try await world.store.counts(of: "test", survey: Sample.survey)
            #expect(
                counts.map { "\($0.task) \($0.sdc?.text ?? "-") \($0.state) \($0.jobs)" } == [
                    "a SDC-FR allocated 2", "a SDC-FR completed 1", "a SDC-FR executing 1",
                    "c - pending 2",
                ])
        }
    }

    @Test("cost is what attempts used, those without success apart, and what is left is expected")
    func cost() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            let orders = try await world.take()
            // Two cores for half an hour, and for an hour.
            try await world.report(orders[0], seconds: 1800)
            try await world.report(orders[1], .fail, message: "work: exit code 1", seconds: 3600)
            try await world.sweep()
            let cost = try #require(
                try await world.store.cost(of: "test", survey: Sample.survey).first)
            #expect(abs(cost.used.value - 3) < 1e-6 && abs(cost.lost.value - 2) < 1e-6)
            #expect(cost.attempts == 2 && cost.remaining == 3)
            #expect(abs(try #require(cost.expected).value - 3) < 1e-6)
            let days = try await world.store.days(of: "test", survey: Sample.survey)
            #expect(days.map(\.finished) == [1] && days.map(\.failed) == [1])
            let found = try await world.store.campaign("test", survey: Sample.survey)
            let forecast = try #require(
                try await world.store.forecast(of: found, clock: CampaignSample.late + 1))
            #expect(forecast.rate == 1)
            #expect(forecast.end == CampaignSample.late + 4)
        }
    }

    @Test("an approved campaign counts in what plans find reserved, and others leave all as it was")
    func reserved() async throws {
        try await CampaignSample.run(tiles: false) { world in
            let plans = PlanStore(world.connection)
            let period = TimeWindow(start: Sample.start, end: Sample.start + 90)
            func reserved() async throws -> [ID<SDC>: [Reservation]] {
                try await plans.reservations(besides: Sample.survey, meeting: period)
            }
            #expect(try await reserved().isEmpty)
            try await world.approve(Self.bag)
            // Approved now, before the period: four jobs of two core-hours at one SDC.
            let found = try await reserved()
            #expect(found.keys.sorted() == ["SDC-FR"])
            let work = found["SDC-FR"]?.reduce(0) { $0 + $1.work.value } ?? 0
            #expect(abs(work - 8) < 1e-6)
            let impact = try await world.store.impact(of: "test", survey: Sample.survey)
            #expect(impact.map(\.sdc) == ["SDC-FR"])
            #expect(impact.first?.delay.lateness.with == 0)
            try await world.give(.kill, to: "a")
            try await world.sweep()
            #expect(try await reserved().isEmpty)
        }
    }

    @Test("the terms of each SDC are told, and how many jobs run where for what reason")
    func places() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            let places = try #require(
                try await world.store.places(
                    of: "a", of: "test", survey: Sample.survey, clock: CampaignSample.late))
            #expect(places.placed.map(\.jobs) == [4])
            #expect(places.placed.first?.reason == "primary of the item")
            #expect(places.weights.count == 4)
            #expect(places.weights.last?.sdc == "SDC-FR")
            #expect(places.weights.last?.queued == 8)
            let daily = try await world.store.places(
                of: "tile", of: "daily", survey: Sample.survey)
            #expect(daily == nil)
        }
    }

    @Test("a task waits for its date and its product")
    func triggers() async throws {
        try await CampaignSample.run(tiles: false) { world in
            let text = """
                tasks:
                  - {name: a, pipeline: x, per: observation, outputs: [b],
                     start: {at: "2027-02-24T00:00:00Z"}}
                  - {name: c, pipeline: y, per: observation, outputs: [d],
                     start: {on_product: image}}
                """
            try await world.approve(text, clock: Sample.start + 40)
            #expect(try await world.state("a") == .registered)
            let daily = try await world.queue.take(
                sdc: "SDC-FR", limit: 1, clock: CampaignSample.late, runner: "r")
            let window = TimeWindow(start: Sample.start, end: Sample.start + 1)
            try await world.queue.report(
                OrderReport(
                    order: daily[0].id, sdc: "SDC-FR", event: .complete, attempt: 1, steps: [],
                    products: [
                        Product(
                            name: "observation/1/image.fits", item: daily[0].item,
                            order: daily[0].id, bytes: 1,
                            sha256: String(repeating: "a", count: 64), madeFrom: [])
                    ], transfers: [], window: window))
            _ = try await world.store.sweep(clock: Sample.start + 41, by: "sweep")
            #expect(try await world.state("a") == .registered)
            #expect(try await world.state("c") == .running)
            _ = try await world.store.sweep(clock: Sample.start + 52, by: "sweep")
            #expect(try await world.state("a") == .running)
        }
    }
}
