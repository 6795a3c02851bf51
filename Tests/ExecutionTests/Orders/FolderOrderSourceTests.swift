import GroundSegment
import Testing

@testable import Execution

@Suite struct FolderOrderSourceTests {
    private let site: TestSite
    private let conformance: OrderSourceConformance

    init() throws {
        site = try TestSite()
        let orders = OrderSourceConformance.orders(site)
        try site.place(orders.first, orders.urgent, orders.later, orders.foreign, orders.tile)
        conformance = OrderSourceConformance(
            source: try site.source("SDC-FR"), other: try site.source("SDC-IT"), orders: orders)
    }

    @Test("orders are taken once, released ones only, the urgent first")
    func takes() async throws { try await conformance.takes() }

    @Test("orders of pipelines that are left are held")
    func leaves() async throws { try await conformance.leaves() }

    @Test("an SDC has one runner at a time, whatever its folder")
    func registers() async throws { try await conformance.registers(try site.source("SDC-FR")) }

    @Test("a tile's order waits for all its observations' orders")
    func waits() async throws { try await conformance.waits() }

    @Test("a report counts once")
    func reports() async throws { try await conformance.reports() }

    @Test("a failed order blocks those that need its products")
    func blocks() async throws { try await conformance.blocks() }

    @Test("a replica made after the report is told by the locations")
    func recordsReplicas() async throws { try await conformance.recordsReplicas() }

    @Test("an item is needed until its last order here is reported")
    func tellsNeeds() async throws { try await conformance.tellsNeeds() }

    @Test("a report that sets a tile free wakes its runner", .timeLimit(.minutes(12)))
    func wakes() async throws { try await conformance.wakes() }

    @Test("of many takers at once each order has one")
    func contention() async throws {
        for number in 10..<40 { try site.place(site.order("\(number)")) }
        let source = try site.source("SDC-FR")
        let taken = try await withThrowingTaskGroup(of: [ID<ProcessingOrder>].self) { group in
            for _ in 0..<8 {
                group.addTask { try await source.take(limit: 5, clock: MJD(100)).map(\.id) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == Set(taken).count)
        #expect(taken.count >= 30)
    }
}
