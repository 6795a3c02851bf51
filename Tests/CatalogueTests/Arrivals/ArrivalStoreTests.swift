import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct ArrivalStoreTests {
    private static let late = Sample.start + 50

    private func withArrivals(
        _ body: @Sendable (ArrivalStore, OrderQueue) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await body(ArrivalStore(connection), OrderQueue(connection))
        }
    }

    @Test("a lost observation's order is not taken, and nothing waits for it to run by itself")
    func lost() async throws {
        try await withArrivals { store, queue in
            try await store.record(
                .lost, of: ["2"], survey: Sample.survey, by: "anna", because: "the shutter")
            let events = try await store.newest(of: Sample.survey)
            #expect(events.map(\.observation) == ["2"])
            #expect(events.map(\.kind) == [.lost])
            #expect(events.map(\.actor) == ["anna"])
            #expect(events.map(\.comment) == ["the shutter"])
            // Observation 1 alone; the French tile needs the lost one, the German one does not.
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Self.late) == 1)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            #expect(orders.map(\.item) == [.observation("1")])
        }
    }

    @Test("an observation that is expected again is taken")
    func expected() async throws {
        try await withArrivals { store, queue in
            for kind in [ArrivalEvent.Kind.lost, .expected] {
                try await store.record(
                    kind, of: ["1", "2"], survey: Sample.survey, by: "anna", because: "")
            }
            #expect(try await store.newest(of: Sample.survey, kind: .lost).isEmpty)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            #expect(orders.count == 2)
        }
    }

    @Test("one that has been taken cannot be lost, an unknown one is refused, and none is recorded")
    func refused() async throws {
        try await withArrivals { store, queue in
            _ = try await queue.take(sdc: "SDC-FR", limit: 1, clock: Self.late, runner: "r")
            let taken = await catalogueError {
                try await store.record(
                    .lost, of: ["2", "1"], survey: Sample.survey, by: "anna", because: "")
            }
            #expect(taken?.code == .illegalChange)
            #expect(
                taken?.message == "observation 1: its order is EXECUTING, so its data came;"
                    + " only what has not been taken can be lost")
            let unknown = await catalogueError {
                try await store.record(
                    .arrived, of: ["1", "9"], survey: Sample.survey, by: "anna", because: "")
            }
            #expect(unknown?.code == .unknownItem)
            #expect(try await store.newest(of: Sample.survey).isEmpty)
        }
    }
}
