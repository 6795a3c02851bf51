import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OrderLifeTests {
    private static let order: ID<ProcessingOrder> = "TEST-00000001-OBS-1"

    @Test("everything that happened to an order is told once, by time, with who and why")
    func life() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let (store, queue) = (OrderStore(connection), OrderQueue(connection))
            func take(_ sdc: ID<SDC>, _ runner: String) async throws -> ProcessingOrder {
                let orders = try await queue.take(
                    sdc: sdc, limit: 1, clock: OrderQueueTests.late, runner: runner)
                return try #require(orders.first)
            }
            try await store.prioritise(Self.order, 5, by: "op", because: "urgent")
            try await queue.report(OrderQueueTests.report(take("SDC-FR", "french"), event: .fail))
            _ = try await store.reassign(
                Self.order, to: .secondary, by: "op", because: "the disk is full")
            // A report that comes again changes nothing.
            let report = OrderQueueTests.report(try await take("SDC-DE", "german"))
            try await queue.report(report)
            try await queue.report(report)
            let steps = OrderLife(try await store.details(of: Self.order)).steps
            #expect(
                steps.map(\.what) == [
                    "issued with revision 1", "priority 5", "taken at SDC-FR, time 1", "failed",
                    "moved to SDC-DE", "taken at SDC-DE, time 2", "completed",
                ])
            #expect(
                steps.map(\.who) == [
                    "tester", "op", "french", "french", "op", "german", "german",
                ])
            #expect(steps[0].why == "publication 1")
            #expect(steps[4].why == "the disk is full")
            #expect(steps.map(\.instant) == steps.map(\.instant).sorted())
        }
    }

    @Test("what a later plan or a withdrawal did to an order is a part of its life")
    func plans() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(Sample.chain, Sample.request(1))
            _ = try await plans.publish(
                Sample.distribution(
                    observations: [
                        Sample.observation("1", primary: "SDC-ES"),
                        Sample.observation("2", day: 1),
                    ]), Sample.request(2))
            let store = OrderStore(connection)
            let replaced = OrderLife(try await store.details(of: Self.order)).steps
            #expect(replaced.map(\.what) == ["issued with revision 1", "withdrawn by revision 2"])
            #expect(replaced.last?.why == "publication 2")
            _ = try await plans.withdraw(
                WithdrawalRequest(
                    survey: Sample.survey, digest: Sample.digest(2), actor: "planner",
                    comment: "mistaken"))
            let undone = OrderLife(try await store.details(of: "TEST-00000002-OBS-1")).steps
            #expect(undone.map(\.what) == ["issued with revision 2", "withdrawn with its plan"])
            #expect(undone.last?.who == "planner")
            #expect(undone.last?.why == "mistaken")
        }
    }
}
