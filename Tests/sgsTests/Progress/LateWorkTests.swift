import Catalogue
import Foundation
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

/// What is late or lost, as a new plan on the base in force sees it.
@Suite(.timeLimit(.minutes(10))) struct LateWorkTests {
    private func withPublished(
        _ body: @Sendable (WorkFolder, String) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let folder = try WorkFolder()
            let planned = try folder.sgs("plan", "case", "--steps", "3000", "--output", "a")
            #expect(planned.status == 0, "\(planned.err)")
            let published = try folder.sgs(
                "publish", "a", "--approve", "--comment", "first", database: url)
            #expect(published.status == 0, "\(published.err)")
            try await body(folder, url)
        }
    }

    private func replan(_ folder: WorkFolder, _ url: String, _ more: String...) throws
        -> WorkFolder.Outcome
    {
        try folder.run(
            "\(Checkout.programs)/sgs",
            ["plan", "case", "--base", "published", "--steps", "3000", "--output", "b"] + more,
            database: url)
    }

    @Test("an observation that never came is left out, and who said so is told")
    func lost() async throws {
        try await withPublished { folder, url in
            let said = try folder.sgs(
                "arrivals", "lost", "7", "--comment", "the shutter", "--author", "anna",
                database: url)
            #expect(said.status == 0 && said.out == "7  lost\n", "\(said.err)")
            let plan = try replan(folder, url)
            #expect(plan.status == 0, "\(plan.err)")
            #expect(
                plan.err.contains("observation 7 is left out: its data never came, said anna at"))
            let rows = try folder.read("b/assignments.csv").split(separator: "\n")
            #expect(rows.count { $0.hasPrefix("observation,") } == 23)
            #expect(!rows.contains { $0.hasPrefix("observation,7,") })
            let list = try folder.sgs("arrivals", "list", "--json", database: url)
            #expect(list.out.contains("\"comment\": \"the shutter\""))
            let unknown = try folder.sgs("arrivals", "lost", "99", database: url)
            #expect(unknown.status == 66)
        }
    }

    @Test("work of earlier buckets that is not done is taken from the next ones, once orders run")
    func backlog() async throws {
        try await withPublished { folder, url in
            // Nobody processes these orders: nothing is late.
            let idle = try replan(folder, url, "--freeze-before", "2027-01-12")
            #expect(idle.status == 0, "\(idle.err)")
            #expect(!idle.err.contains("are not done"))

            let connection = try await Connection.open(url)
            let queue = OrderQueue(connection)
            let clock = MJD(61409 + 3)
            var done = 0
            for sdc in ["SDC-A", "SDC-B", "SDC-C", "SDC-D"] {
                done += try await queue.take(
                    sdc: ID(sdc), limit: 1, clock: clock, runner: "r"
                ).count
            }
            #expect(done > 0)
            let late = try replan(folder, url, "--freeze-before", "2027-01-12")
            #expect(late.status == 0, "\(late.err)")
            #expect(late.err.contains("orders of earlier buckets are not done: SDC-A "))
            let content = try folder.read("b/plan.json")
            #expect(content.contains("reserv"))
        }
    }

    @Test("what measurements say is proposed as a scenario that can be planned")
    func calibration() async throws {
        try await withPublished { folder, url in
            let connection = try await Connection.open(url)
            let queue = OrderQueue(connection)
            for sdc in ["SDC-A", "SDC-B", "SDC-C", "SDC-D"] {
                let orders = try await queue.take(
                    sdc: ID(sdc), limit: 99, clock: MJD(61450), runner: "r")
                for order in orders where order.item.kind == .observation {
                    // SDC-A takes twice as long; all take half of what the case says.
                    let hours = sdc == "SDC-A" ? 100.0 : 50.0
                    let start = MJD(61450)
                    let window = TimeWindow(start: start, end: start + hours / 24 / 10)
                    try await queue.report(
                        OrderReport(
                            order: order.id, sdc: order.sdc, event: .complete, attempt: 1,
                            steps: [
                                StepReport(
                                    name: "vis", executable: "vis", attempt: 1, exitCode: 0,
                                    window: window, cores: 10, memory: 1,
                                    use: StepUse(
                                        cpuSeconds: hours * 3600, peakMemory: 1, readBytes: 0,
                                        writtenBytes: 0))
                            ], products: [], transfers: [], window: window))
                }
            }
            let found = try folder.sgs(
                "calibrate", "case", "--output", "measured.yaml", database: url)
            #expect(found.status == 0, "\(found.err)")
            #expect(found.out.contains("processing.tile.work"))
            let scenario = try folder.read("measured.yaml")
            #expect(scenario.contains("SDC-A.efficiency: "))
            #expect(scenario.contains("processing.observation.work: "))
            let planned = try folder.sgs(
                "whatif", "case", "--with", "measured.yaml", "--steps", "3000", database: url)
            #expect(planned.status == 0, "\(planned.err)")
            #expect(planned.out.contains("SDC-A: efficiency from"))
        }
    }
}
