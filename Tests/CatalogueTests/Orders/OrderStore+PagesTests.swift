import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OrderStorePagesTests {
    /// The chain, of which the first observation failed.
    private func withFailure(
        _ body: @Sendable (OrderStore, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let taken = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            for order in taken {
                try await queue.report(OrderQueueTests.report(order, event: .fail))
            }
            try await body(OrderStore(connection), connection)
        }
    }

    @Test("failed orders come first, each order with why it is where it is and whether it is late")
    func pages() async throws {
        try await withFailure { store, _ in
            let late = OrderQueueTests.late
            let all = try await store.page(OrderListing(), limit: 9, clock: late)
            let ids = all.map { String($0.entry.id.text.dropFirst(14)) }
            #expect(ids.first == "OBS-1" && ids[1] == "TILE-T2")
            #expect(Set(ids[2...]) == ["OBS-2", "TILE-T1"])
            #expect(all.map(\.isLate) == [false, true, true, true])
            #expect(all.allSatisfy { $0.week == Sample.start })
            #expect(all[0].reason.kind == .ended)
            #expect(all[1].reason.kind == .input)
            #expect(all[1].reason.text.hasPrefix("needs observation 1 of SDC-FR, which failed"))
            let early = try await store.page(OrderListing(), limit: 9, clock: Sample.start + 1)
            #expect(early.map(\.isLate) == [false, false, false, false])
            #expect(early[1].reason.kind == .release)

            var listing = OrderListing()
            var found: [ListedOrder] = []
            while let next = try await store.page(listing, limit: 1, clock: late).first {
                found.append(next)
                listing.after = next.place
            }
            #expect(found == all)
            listing = OrderListing()
            listing.isLate = true
            listing.sdc = "SDC-DE"
            #expect(try await store.page(listing, limit: 9, clock: late) == [all[1]])
            listing.item = .tile("T1")
            #expect(try await store.page(listing, limit: 9, clock: late) == [])
        }
    }

    @Test("orders are counted by SDC, week and state, and those whose week is over are late")
    func progress() async throws {
        try await withFailure { _, connection in
            let late = try await OrderProgress.read(connection, clock: OrderQueueTests.late)
            #expect(late.map(\.sdc) == ["SDC-DE", "SDC-FR"])
            #expect(late.map(\.orders) == [[.allocated: 1], [.allocated: 2, .error: 1]])
            #expect(late.map(\.late) == [1, 2])
            #expect(late.allSatisfy { $0.week == Sample.start && $0.survey == Sample.survey })
            // A week ends as the next begins.
            for (day, count) in [(6.99, 0), (7.0, 2)] {
                let lines = try await OrderProgress.read(connection, clock: Sample.start + day)
                #expect(lines.last?.late == count)
            }
            #expect(
                try await OrderProgress.read(
                    connection, survey: "OTHER", clock: OrderQueueTests.late
                ).isEmpty)
            let counts = try await OrderCounts.read(connection).counts
            let key = OrderCounts.Key(survey: Sample.survey, sdc: "SDC-FR", state: .error)
            #expect(counts[key] == 1 && counts.values.reduce(0, +) == 4)
        }
    }

    @Test("what a revision assigned is known also when others came after it")
    func revisions() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(Sample.chain, Sample.request(1))
            let other = Sample.distribution(
                observations: [Sample.observation("1", primary: "SDC-IT")],
                tiles: [Sample.tile("T1")])
            _ = try await plans.publish(other, Sample.request(2))
            let store = OwnershipStore(connection)
            let first = try await store.assignments(of: 1, survey: Sample.survey)
            let second = try await store.assignments(of: 2, survey: Sample.survey)
            let french = Assignment(primary: "SDC-FR", secondary: "SDC-DE")
            #expect(
                first == [
                    .observation("1"): french, .observation("2"): french, .tile("T1"): french,
                    .tile("T2"): Assignment(primary: "SDC-DE", secondary: "SDC-FR"),
                ])
            #expect(
                second == [
                    .observation("1"): Assignment(primary: "SDC-IT", secondary: "SDC-DE"),
                    .tile("T1"): french,
                ])
            #expect(try await store.assignments(of: 3, survey: Sample.survey).isEmpty)
        }
    }
}
