import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("Report: plan and actual")
struct ReportActualTests {
    private let plan: Plan
    private let start: MJD

    init() throws {
        plan = try SamplePlan.shared.get().plan
        start = plan.distribution.buckets.period.start
    }

    private func line(
        _ sdc: ID<SDC>, from day: Double, received: Int = 0, overdue: Int = 0
    ) -> PlanProgress.Line {
        var planned = PlanProgress.Planned()
        planned.observations = 40
        var done = PlanProgress.Done()
        done.received = received
        done.overdue = overdue
        return PlanProgress.Line(
            sdc: sdc,
            period: TimeWindow(start: MJD(start.days + day), end: MJD(start.days + day + 1)),
            planned: planned, done: done)
    }

    private func page(_ lines: [PlanProgress.Line], until day: Double) -> String {
        let progress = PlanProgress(survey: "survey", lines: lines)
        return Report(
            plan: plan, inputs: [], digest: "0123abcd",
            actual: Report.Actual(progress, clock: MJD(start.days + day))
        ).html()
    }

    @Test("it is told only where it was asked for")
    func notAsked() {
        let html = Report(plan: plan, inputs: [], digest: "0123abcd").html()
        #expect(!html.contains("Plan and actual"))
    }

    @Test("buckets until the clock are summed, with who is behind")
    func sums() {
        let html = page(
            [
                line("SDC-FR", from: 0, received: 39), line("SDC-FR", from: 1, received: 1),
                line("SDC-NL", from: 0, received: 38, overdue: 3), line("SDC-NL", from: 5),
            ], until: 2)
        #expect(html.contains("78 of 120 observations of survey survey were received."))
        #expect(html.contains("3 orders are overdue at 1 SDC, most of them at SDC-NL."))
    }

    @Test("buckets of other plans are left out")
    func period() {
        let after = plan.distribution.buckets.period.end.days - start.days
        let html = page(
            [line("SDC-FR", from: 0, received: 39), line("SDC-FR", from: after, received: 40)],
            until: after + 2)
        #expect(html.contains("39 of 40 observations"))
    }

    @Test("before the first bucket it says so")
    func early() {
        let html = page([line("SDC-FR", from: 1)], until: 0)
        #expect(html.contains("The first bucket of survey survey has not begun"))
    }
}
