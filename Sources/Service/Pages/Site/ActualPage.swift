import Catalogue
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
        var page = Page(
            title: "Plan and actual",
            data: PageAddress.address("/v1/actual", ["survey": progress.survey.text]))
        page.parts.append(Fragment("p", .text(finding)))
        page.parts.append(filter)
        page.parts.append(.heading("By SDC, until now"))
        page.parts.append(
            table("SDC", progress.sums(before: clock)) {
                .link(PageAddress.sdc($0.sdc, progress.survey), $0.sdc.text)
            })
        page.parts.append(.heading("By bucket, all SDCs"))
        page.parts.append(table("From", buckets) { .text($0.period.start.date) })
        page.parts.append(Fragment("p", .text(Self.explanation)))
        page.parts.append(
            .links([
                .link("/progress", "Orders by state"),
                .link(
                    PageAddress.address("/v1/actual", ["survey": progress.survey.text]),
                    "Every SDC and bucket as data"),
            ]))
        return page
    }

    private static let explanation = """
        Received: the data came. On time: completed within the bucket of the order's release; \
        late: after it; overdue: not completed though the bucket is over. Used: core-hours of the \
        steps' cores, failed attempts too, beside the work that was planned. Stored: kept for \
        good, both replicas. Copies: observations brought to the SDC for its tiles. The same on a \
        terminal: sgs progress.
        """

    private var finding: String {
        let sums = progress.sums(before: clock)
        guard !progress.lines.isEmpty else {
            return "Nothing of survey \(progress.survey) is in force."
        }
        guard let first = sums.first else {
            return "The first bucket of survey \(progress.survey) has not begun at \(clock)."
        }
        let all = sums.dropFirst().reduce(first, +)
        let received = NumberText.grouped(all.done.received)
        let planned = NumberText.grouped(all.planned.observations)
        var text = "Until \(clock) \(received) of \(planned) observations of survey"
        text += " \(progress.survey) were received. \(delay(sums))"
        if all.done.lost > 0 {
            text += " \(NumberText.count(all.done.lost, "observation", "observations")) never came."
        }
        return text
    }

    private func delay(_ sums: [PlanProgress.Line]) -> String {
        let behind = sums.filter { $0.done.overdue > 0 }
        guard let worst = behind.max(by: { $0.done.overdue < $1.done.overdue }) else {
            return "No order is overdue."
        }
        let orders = NumberText.grouped(behind.reduce(0) { $0 + $1.done.overdue })
        let sdcs = NumberText.count(behind.count, "SDC", "SDCs")
        return "\(orders) orders are overdue at \(sdcs), most of them at \(worst.sdc)."
    }

    /// The sums over all SDCs, bucket by bucket.
    private var buckets: [PlanProgress.Line] {
        Dictionary(grouping: progress.lines, by: \.period).values
            .compactMap { lines in lines.first.map { lines.dropFirst().reduce($0, +) } }
            .sorted { $0.period.start < $1.period.start }
    }

    private func table(
        _ first: String, _ lines: [PlanProgress.Line], _ head: (PlanProgress.Line) -> Cell
    ) -> Fragment {
        guard !lines.isEmpty else { return .remark("There is nothing yet.") }
        return .table(
            [
                first, "Received", "of planned", "On time", "Late", "Overdue", "Failed",
                "Used, core-hours", "of planned", "Stored, TB", "of planned", "Copies",
                "of planned",
            ],
            lines.map { line in
                let (planned, done) = (line.planned, line.done)
                return [
                    head(line), .count(done.received), .count(planned.observations),
                    .count(done.onTime), .count(done.late), .count(done.overdue),
                    .count(done.failed), .grouped(done.occupied.value, 1),
                    .grouped(planned.work.value), .grouped(Double(done.stored) / 1e12, 3),
                    .grouped(planned.volume.value, 3), .count(done.copies),
                    .count(planned.copies),
                ]
            })
    }
}
