import GroundSegment
import Markup
import Reporting
import WebService

/// Plan against actual: what each SDC was to receive, do and keep until now, and what it did.
struct ActualPage {
    let progress: PlanProgress
    /// The choice of a survey, where there are several.
    let filter: Fragment
    let clock: MJD

    var page: Page {
        let words = ProgressWords(progress, clock: clock)
        let data = PageAddress.address("/v1/actual", ["survey": progress.survey.text])
        var page = Page(title: "Plan and actual", data: data)
        page.parts.append(Fragment("p", .text(words.finding)))
        page.parts.append(filter)
        page.parts.append(.heading("By SDC, until \(clock.iso8601)"))
        page.parts.append(
            table("SDC", progress.sums(before: clock)) {
                .link(PageAddress.sdc($0.sdc, progress.survey), $0.sdc.text)
            })
        page.parts.append(.heading("By bucket, all SDCs"))
        page.parts.append(table("From", words.buckets) { .text($0.period.start.date) })
        page.parts.append(
            Fragment("p", .text(ProgressWords.explanation + " On a terminal: sgs progress.")))
        page.parts.append(
            .links([
                .link("/progress", "Orders by state"),
                .link(data, "Every SDC and bucket as data"),
            ]))
        return page
    }

    private func table(
        _ first: String, _ lines: [PlanProgress.Line], _ head: (PlanProgress.Line) -> Cell
    ) -> Fragment {
        guard !lines.isEmpty else { return .remark("There is nothing yet.") }
        return .table(
            [first] + ProgressWords.columns,
            lines.map { line in [head(line)] + ProgressWords.numbers(line).map { .number($0) } })
    }
}
