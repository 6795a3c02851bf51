import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct PlanProgressTests {
    private static let late = Sample.start + 50

    /// The chain's first observation completes at its bucket's end minus a day, its second is
    /// taken, the rest is not.
    private func withProgress(
        _ body: @Sendable (PlanProgress, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            try await queue.report(Self.report(of: orders[0], ending: Sample.start + 6))
            try await body(
                try await PlanProgress.read(
                    connection, survey: Sample.survey, clock: Sample.start + 8), connection)
        }
    }

    private static func report(of order: ProcessingOrder, ending end: MJD) -> OrderReport {
        let product = Product(
            name: "observation/1/frames.fits", item: order.item, order: order.id, bytes: 1000,
            sha256: String(repeating: "a", count: 64), madeFrom: [])
        let window = TimeWindow(start: end + -0.125, end: end)
        return OrderReport(
            order: order.id, sdc: order.sdc, event: .complete, attempt: 1,
            steps: [
                StepReport(
                    name: "vis", executable: "vis_calibrate", attempt: 1, exitCode: 0,
                    window: window, cores: 2, memory: 2048,
                    use: StepUse(
                        cpuSeconds: 7200, peakMemory: 512.5, readBytes: 10, writtenBytes: 20))
            ], products: [product],
            transfers: [
                Transfer(
                    product: product.name, from: "SDC-FR", to: "SDC-DE", purpose: .replica,
                    bytes: 1000, order: order.id, window: window)
            ], window: window)
    }

    @Test("what was planned stands beside what was received, ended, used and stored")
    func plannedAndDone() async throws {
        try await withProgress { progress, _ in
            #expect(progress.lines.count == 4 * 12)
            let french = try #require(
                progress.sums(before: Sample.start + 8).first { $0.sdc == "SDC-FR" })
            #expect(french.period == TimeWindow(start: Sample.start, end: Sample.start + 14))
            #expect(french.planned.observations == 2)
            #expect(french.planned.tiles == 1)
            #expect(french.planned.work == CoreHours(25))
            #expect(french.done.orders == 3)
            #expect(french.done.received == 2)
            #expect(french.done.onTime == 1)
            #expect(french.done.late == 0)
            #expect(french.done.overdue == 2)
            #expect(french.done.occupied == CoreHours(6))
            #expect(french.done.busy == CoreHours(2))
            #expect(french.done.stored == 1000)
            let german = try #require(
                progress.sums(before: Sample.start + 8).first { $0.sdc == "SDC-DE" })
            #expect(german.done.stored == 1000)
            #expect(german.done.received == 0)
            #expect(german.done.overdue == 1)
        }
    }

    @Test("an order that ends after its bucket is late, one whose bucket goes on is not overdue")
    func late() async throws {
        try await withProgress { _, connection in
            let before = try await PlanProgress.read(
                connection, survey: Sample.survey, clock: Sample.start + 6.9)
            #expect(before.sums.allSatisfy { $0.done.overdue == 0 })
            let queue = OrderQueue(connection)
            let taken = try await queue.taken(sdc: "SDC-FR")
            let order = try #require(taken.first)
            try await queue.report(
                OrderQueueTests.report(order, event: .complete))
            let after = try await PlanProgress.read(
                connection, survey: Sample.survey, clock: Sample.start + 8)
            #expect(after.sums.first { $0.sdc == "SDC-FR" }?.done.late == 1)
        }
    }

    @Test("an observation that an SDC has to copy for its tile is counted as planned, once")
    func copies() async throws {
        let distribution = Sample.distribution(
            observations: [Sample.observation("1")],
            tiles: [
                Sample.tile("T1", primary: "SDC-IT", observations: ["1"]),
                Sample.tile("T2", primary: "SDC-IT", observations: ["1"]),
                Sample.tile("T3", primary: "SDC-DE", secondary: "SDC-ES", observations: ["1"]),
            ])
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(distribution, Sample.request(1))
            let progress = try await PlanProgress.read(
                connection, survey: Sample.survey, clock: Sample.start)
            #expect(
                progress.sums.filter { $0.planned.copies > 0 }.map(\.sdc) == ["SDC-IT"])
            #expect(progress.sums.first { $0.sdc == "SDC-IT" }?.planned.copies == 1)
        }
    }

    @Test("what steps used is kept with them, and makes a measure of their item")
    func measures() async throws {
        try await withProgress { _, connection in
            let details = try await OrderStore(connection).details(of: "TEST-00000001-OBS-1")
            let step = try #require(details.reports.first?.steps.first)
            #expect(step.executable == "vis_calibrate")
            #expect(
                step.use
                    == StepUse(
                        cpuSeconds: 7200, peakMemory: 512.5, readBytes: 10, writtenBytes: 20))
            let measures = try await MeasureStore(connection).items(survey: Sample.survey)
            #expect(
                measures == [
                    ItemMeasure(
                        sdc: "SDC-FR", kind: .observation, occupied: CoreHours(6),
                        busy: CoreHours(2))
                ])
            let none = try await MeasureStore(connection).items(
                survey: Sample.survey,
                ended: TimeWindow(start: Sample.start + 7, end: Sample.start + 9))
            #expect(none.isEmpty)
        }
    }
}
