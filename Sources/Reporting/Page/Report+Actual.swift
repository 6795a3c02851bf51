public import GroundSegment
import Markup

extension Report {
    /// What became of the plan until an instant.
    public struct Actual: Sendable {
        let progress: PlanProgress
        let clock: MJD

        /// - Parameters:
        ///   - progress: of the plan's survey.
        ///   - clock: the instant until which it was reckoned; UTC.
        public init(_ progress: PlanProgress, clock: MJD) {
            self.progress = progress
            self.clock = clock
        }

        /// The buckets within a period alone.
        func within(_ period: TimeWindow) -> PlanProgress {
            PlanProgress(
                survey: progress.survey,
                lines: progress.lines.filter { $0.period.intersection(period) != nil })
        }
    }

    /// Plan against actual; nothing where the page was not to tell of it.
    var planAgainstActual: Fragment {
        guard let actual else { return [] }
        let progress = actual.within(plan.distribution.buckets.period)
        let words = ProgressWords(progress, clock: actual.clock)
        let sums = progress.sums(before: actual.clock)
        guard !sums.isEmpty else {
            return section("Plan and actual", [paragraph(words.finding)])
        }
        return section(
            "Plan and actual",
            [
                paragraph(words.finding),
                CaptionedTable(
                    caption: "Planned and done by SDC until \(actual.clock)",
                    header: ["SDC"] + ProgressWords.columns,
                    rows: sums.map { line in row(line, .label(line.sdc.text)) }
                ).fragment,
                CaptionedTable(
                    caption: "Planned and done by bucket, all SDCs",
                    header: ["From"] + ProgressWords.columns,
                    rows: words.buckets.filter { $0.period.start < actual.clock }.map { line in
                        row(line, .label(line.period.start.date))
                    }
                ).fragment,
                paragraph(ProgressWords.explanation),
            ])
    }

    private func row(
        _ line: PlanProgress.Line, _ head: CaptionedTable.Row.Cell
    ) -> CaptionedTable.Row {
        CaptionedTable.Row([head] + ProgressWords.numbers(line).map { .number($0) })
    }
}
