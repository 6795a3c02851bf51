import GroundSegment
import Markup
import Planning

extension Report {
    /// Which case, survey and period, and how the plan was made.
    var heading: Fragment {
        let distribution = plan.distribution
        let period = distribution.buckets.period
        let search = plan.search
        let rows: [(String, String)] = [
            ("Survey", distribution.survey.text),
            ("Period", "\(period.start) to \(period.end), end excluded"),
            (
                "Buckets",
                "\(distribution.buckets.count) of \(Self.days(distribution.buckets.length))"
            ),
            (
                "Items",
                NumberText.count(plan.measures.observations, "observation", "observations") + ", "
                    + NumberText.count(plan.measures.tiles, "tile", "tiles") + ", "
                    + NumberText.count(plan.measures.overlaps, "overlap", "overlaps")
            ),
            (
                "Search",
                "effort \(search.effort), seed \(search.seed), "
                    + "\(NumberText.grouped(search.steps)) steps, \(search.solver)"
            ),
        ]
        return Fragment(
            "header",
            [
                Fragment("h1", "Distribution \(distribution.name)"),
                Fragment(
                    "dl", ["class": "facts"],
                    rows.map { name, value in
                        Fragment(
                            "div", [Fragment("dt", .text(name)), Fragment("dd", .text(value))])
                    } + [
                        Fragment(
                            "div", ["class": "wide"],
                            [
                                Fragment("dt", "Digest"),
                                Fragment("dd", Fragment("code", .text(digest))),
                            ])
                    ]),
                cutShort,
            ])
    }

    /// A remark where the search did not do all its steps.
    private var cutShort: Fragment {
        let search = plan.search
        guard search.stop != .steps else { return [] }
        let why = search.stop == .time ? "The time limit came first" : "It was interrupted"
        return Fragment(
            "p", ["class": "warning"],
            .text(
                "The search was cut short after \(NumberText.grouped(search.steps)) of"
                    + " \(NumberText.grouped(search.stepsAsked)) steps. \(why);"
                    + " --steps \(search.steps) reproduces this plan."))
    }

    /// The figures that say whether the plan is good.
    var headlines: Fragment {
        let measures = plan.measures
        let observations = max(1, measures.observations)
        let copied = plan.distribution.observations.count { !$0.copiesTo.isEmpty }
        let figures: [(String, String, String)] = [
            (
                "Hard rules broken", NumberText.grouped(measures.violations.count),
                "of H1 to H5"
            ),
            (
                "Outside a tolerance", NumberText.grouped(measures.outside.count),
                "cells of T1 to T4"
            ),
            (
                "Cost", "\(NumberText.grouped(measures.cost.value, 2)) TB moved",
                "copies \(NumberText.grouped(measures.copyVolume.value, 2)),"
                    + " external \(NumberText.grouped(measures.externalVolume.value, 2)),"
                    + " moves \(NumberText.grouped(measures.movedVolume.value, 2))"
            ),
            (
                "Above the bound", plan.gap.map { NumberText.percent($0, 2) } ?? "no bound",
                boundText
            ),
            (
                "Copies", NumberText.grouped(measures.copyCount),
                "for \(NumberText.percent(Double(copied) / Double(observations)))"
                    + " of the observations"
            ),
            (
                "Failover copies",
                NumberText.grouped(Double(measures.failoverCopies) / Double(observations), 2),
                "per observation, \(NumberText.grouped(measures.failoverCopies)) in all"
            ),
            (
                "Utilisation", NumberText.percent(measures.utilisation),
                "of the capacity of all SDCs"
            ),
            (
                "Longest gap", Self.days(measures.longestGap),
                "without a new observation; \(Self.days(plan.balance.gap)) tolerated"
            ),
        ]
        return section(
            "At a glance",
            [
                Fragment(
                    "dl", ["class": "figures"],
                    figures.map { name, value, remark in
                        Fragment(
                            "div",
                            [
                                Fragment("dt", .text(name)),
                                Fragment("dd", ["class": "value"], .text(value)),
                                Fragment("dd", .text(remark)),
                            ])
                    })
            ])
    }

    private var boundText: String {
        guard let bound = plan.bound else {
            return "no distribution can be within all tolerances"
        }
        return "no distribution within the tolerances costs less than"
            + " \(NumberText.grouped(bound.value, 2)) TB"
    }

    /// `1 day`, `3.52 days`.
    static func days(_ days: Double) -> String {
        let whole = days == days.rounded()
        return "\(NumberText.grouped(days, whole ? 0 : 2)) \(days == 1 ? "day" : "days")"
    }
}
