import GroundSegment
import Markup
import Planning

extension Report {
    /// How the plan was found: cost, bound and gap over the search's steps.
    var solution: Fragment {
        let search = plan.search
        let samples = (progress + [end]).filter { $0.steps <= search.steps }
        let words = [
            "Linear programs (\(search.solver)) give the bound: what the cost cannot be below where"
                + " all tolerances are kept. Then a search by small changes (effort"
                + " \(search.effort), seed \(search.seed)) lowers the exact cost; it did"
                + " \(NumberText.grouped(search.steps)) of \(NumberText.grouped(search.stepsAsked))"
                + " steps and ended because \(stopText). The same inputs, seed and steps give the"
                + " same plan."
        ]
        guard progress.count > 1 else {
            return section(
                "How it was found",
                words.map(paragraph) + [
                    table(samples).fragment,
                    paragraph("The way there is not recorded with this plan."),
                ])
        }
        return section(
            "How it was found",
            words.map(paragraph) + [
                CaptionedFigure(
                    drawing: SearchChart(samples: samples, bound: plan.bound).fragment(),
                    caption:
                        "The cost of the best plan at hand, TB, over the search's steps, and the"
                        + " bound as a line across; the scale does not begin at 0.",
                    finding: finding(samples), numbers: table(samples)
                ).fragment
            ])
    }

    private var end: SearchSample {
        SearchSample(steps: plan.search.steps, cost: plan.measures.cost.value)
    }

    private var stopText: String {
        switch plan.search.stop {
        case .steps: "all were done"
        case .gap: "the asked gap was reached"
        case .time: "the time limit came first"
        case .interrupted: "it was interrupted"
        }
    }

    private func finding(_ samples: [SearchSample]) -> String {
        guard let first = samples.first, let last = samples.last else { return "" }
        let end = plan.gap.map { ", \(NumberText.percent($0, 2)) above the bound" } ?? ""
        return "From \(NumberText.grouped(first.cost, 2)) TB after"
            + " \(NumberText.grouped(first.steps)) steps to \(NumberText.grouped(last.cost, 2)) TB"
            + "\(end)."
    }

    private func table(_ samples: [SearchSample]) -> CaptionedTable {
        CaptionedTable(
            caption: "Cost, bound and gap over the search's steps",
            header: ["Steps", "Cost, TB", "Bound, TB", "Gap"],
            rows: samples.map { sample in
                let bound = plan.bound?.value
                let gap = bound.flatMap { $0 > 0 ? sample.cost / $0 - 1 : nil }
                return CaptionedTable.Row([
                    .label(NumberText.grouped(sample.steps)),
                    .number(NumberText.grouped(sample.cost, 3)),
                    .number(bound.map { NumberText.grouped($0, 3) } ?? "–"),
                    .number(gap.map { NumberText.percent($0, 2) } ?? "–"),
                ])
            })
    }
}
