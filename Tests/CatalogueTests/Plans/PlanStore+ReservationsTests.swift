import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct PlanStoreReservationsTests {
    private static let other: ID<SurveyPlan> = "OTHER"

    private static func published(_ survey: ID<SurveyPlan>) -> Distribution {
        Sample.distribution(
            survey: survey, days: 14,
            observations: [
                Sample.observation("1"), Sample.observation("2", primary: "SDC-IT"),
            ], tiles: [Sample.tile("T1", observations: ["1"])])
    }

    @Test("what another survey has published is reserved by SDC and bucket, its own is not")
    func others() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Self.published(Self.other), Sample.request(1))
            let period = Self.published(Self.other).buckets.period
            #expect(
                try await store.reservations(besides: Self.other, meeting: period).isEmpty)
            let found = try await store.reservations(besides: Sample.survey, meeting: period)
            #expect(Set(found.keys) == ["SDC-FR", "SDC-DE", "SDC-IT"])
            let france = try #require(found["SDC-FR"]?.first)
            #expect(found["SDC-FR"]?.count == 1)
            #expect(
                abs(france.window.start - Sample.start) < 1e-9 && abs(france.window.days - 7) < 1e-9
            )
            // An observation of 10 core-hours and 0.5 TB, a tile of 5 and 0.25.
            #expect(france.work == CoreHours(15) && france.volume == Terabytes(0.75))
            #expect(found["SDC-DE"]?.first?.work == .zero)
            #expect(found["SDC-DE"]?.first?.volume == Terabytes(1.25))
        }
    }

    @Test("two surveys that reserve each other each see what the other has published last")
    func mutual() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            let period = Self.published(Self.other).buckets.period
            _ = try await store.publish(Self.published(Self.other), Sample.request(1))
            _ = try await store.publish(Self.published(Sample.survey), Sample.request(2))
            let seen = try await store.reservations(besides: Sample.survey, meeting: period)
            #expect(
                try await store.reservations(besides: Self.other, meeting: period) == seen)
            let moved = Sample.distribution(
                survey: Self.other, days: 14,
                observations: [
                    Sample.observation("1", primary: "SDC-ES"),
                    Sample.observation("2", primary: "SDC-IT"),
                ])
            _ = try await store.publish(moved, Sample.request(3))
            let now = try await store.reservations(besides: Sample.survey, meeting: period)
            #expect(now["SDC-FR"] == nil && now["SDC-ES"]?.first?.work == CoreHours(10))
        }
    }

    @Test("what lies outside the period is not reserved")
    func elsewhere() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Self.published(Self.other), Sample.request(1))
            let later = TimeWindow(start: Sample.start + 7, end: Sample.start + 14)
            #expect(try await store.reservations(besides: Sample.survey, meeting: later).isEmpty)
        }
    }
}
