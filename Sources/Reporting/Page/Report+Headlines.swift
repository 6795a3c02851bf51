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
            ("Status", standing.status),
            ("Base", baseText),
            ("Approval", standing.approval ?? "none yet"),
            ("Software", standing.software ?? "not recorded"),
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
        let verdict = Verdict(
            plan: plan, base: base?.plan, difference: difference, standing: standing)
        let kind =
            standing.ended != nil
            ? "verdict past" : verdict.isPublishable ? "verdict" : "verdict refused"
        return Fragment(
            "header",
            [
                Fragment(
                    "p", ["class": kind], .text(verdict.text)),
                Fragment(
                    "div", ["class": "facts"],
                    rows.map { name, value in
                        Fragment(
                            "dl", [Fragment("dt", .text(name)), Fragment("dd", .text(value))])
                    } + [
                        Fragment(
                            "dl", ["class": "whole"],
                            [
                                Fragment("dt", "Digest"),
                                Fragment("dd", Fragment("code", .text(digest))),
                            ])
                    ]),
                cutShort,
            ])
    }

    private var baseText: String {
        guard let digest = plan.base else {
            // A failover is made from a plan without being planned again.
            return base.map { $0.publication ?? "from a file" } ?? "none, planned afresh"
        }
        return digest.prefix(12) + (base?.publication.map { ", " + $0 } ?? ", from a file")
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

    /// The figures that say whether the plan is good, as they were in the base and as they are.
    var headlines: Fragment {
        let figures = [
            Headline("Hard rules broken", "of H1 to H6") {
                NumberText.grouped($0.measures.violations.count)
            },
            Headline("Outside a tolerance", "cells of T1 to T4") {
                NumberText.grouped($0.measures.outside.count)
            },
            Headline(
                "Cost", "external data, copies for the tile pipeline (MER) and moves, by kind below"
            ) {
                "\(NumberText.grouped($0.measures.cost.value, 2)) TB"
            },
            Headline("Above the bound", boundText) {
                $0.gap.map { NumberText.percent($0, 2) } ?? "no bound"
            },
            Headline("Copies", copiedText) { "\($0.measures.copyCount)" },
            Headline(
                "Failover copies",
                "per observation, \(NumberText.grouped(plan.measures.failoverCopies)) in all,"
                    + " made only where an SDC is lost"
            ) {
                NumberText.grouped(
                    Double($0.measures.failoverCopies) / Double(max(1, $0.measures.observations)),
                    2)
            },
            Headline("Borders", bordersText) { NumberText.grouped($0.borders.apart) },
            Headline("Utilisation", "of the capacity of all SDCs") {
                NumberText.percent($0.measures.utilisation)
            },
            Headline(
                "Longest gap",
                "without a new observation; \(Self.days(plan.balance.gap)) tolerated"
            ) { Self.days($0.measures.longestGap) },
        ]
        return section(
            "At a glance",
            [
                paragraph(
                    base == nil
                        ? "The plan's own measures, recounted from its inputs."
                        : "The plan's own measures, recounted from its inputs: what was in the"
                            + " base, an arrow, and what is now; one value where both are equal."),
                Fragment("div", ["class": "figures"], figures.map(fragment)),
            ])
    }

    private struct Headline {
        let name: String
        let remark: String
        let value: (Plan) -> String

        init(_ name: String, _ remark: String, _ value: @escaping (Plan) -> String) {
            self.name = name
            self.remark = remark
            self.value = value
        }
    }

    private func fragment(_ headline: Headline) -> Fragment {
        Fragment(
            "dl",
            [
                Fragment("dt", .text(headline.name)),
                Fragment("dd", ["class": "value"], .text(wasAndIs(headline.value))),
                Fragment("dd", .text(headline.remark)),
            ])
    }

    /// `31 → 23`, or `23` where nothing changed or there is no base.
    func wasAndIs(_ value: (Plan) -> String) -> String {
        let now = value(plan)
        guard let before = base.map({ value($0.plan) }), before != now else { return now }
        return "\(before) → \(now)"
    }

    private var copiedText: String {
        let copied = plan.distribution.observations.count { !$0.copiesTo.isEmpty }
        let part = Double(copied) / Double(max(1, plan.measures.observations))
        return "for \(NumberText.percent(part)) of the observations"
    }

    private var bordersText: String {
        let weight = plan.weights.compact
        return "of \(NumberText.grouped(plan.borders.neighbours)) pairs of neighbouring tiles, with"
            + " different primaries"
            + (weight > 0 ? "; each counts \(NumberText.grouped(weight, 4)) TB" : "")
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
