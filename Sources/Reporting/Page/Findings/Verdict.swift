import GroundSegment
import Planning

/// What a plan is worth, in a sentence: whether it may be published, or what has become of it, how
/// far it is from the best that is possible, and what it changes for which reasons.
struct Verdict {
    let plan: Plan
    /// What the plan was compared with, and how it differs; `nil` where the base is not at hand.
    let base: Plan?
    let difference: PlanDifference?
    /// What has become of it.
    var standing = Report.Standing()

    /// Whether the plan keeps all hard rules.
    var isPublishable: Bool { plan.measures.violations.isEmpty }

    /// `Publishable: no rule broken, all tolerances kept, 0.64 % above the proven minimum; 130 of
    /// 5,877 items move, 128 for the maintenance of SDC-FR, 2 free.`
    var text: String {
        let measures = plan.measures
        let broken = measures.violations.count
        let rules =
            isPublishable
            ? "no rule broken" : "\(NumberText.count(broken, "hard rule", "hard rules")) broken"
        let outside =
            measures.outside.isEmpty
            ? "all tolerances kept"
            : "\(NumberText.count(measures.outside.count, "cell", "cells")) outside a tolerance"
        return "\(head) \(rules), \(outside), \(worth); \(changes)."
    }

    /// `Publishable:`, `Superseded by revision 4 on 2026-12-01. When made:`.
    private var head: String {
        if let ended = standing.ended {
            return ended.prefix(1).uppercased() + ended.dropFirst() + ". When made:"
        }
        if standing.state == .published {
            return "Published" + (standing.revision.map { " as revision \($0)" } ?? "") + ":"
        }
        return isPublishable ? "Publishable:" : "Not publishable:"
    }

    private var worth: String {
        guard let gap = plan.gap else {
            return plan.bound == nil
                ? "without a proven minimum, as no distribution is within all tolerances"
                : "with a proven minimum of 0 TB"
        }
        return gap == 0
            ? "at the proven minimum" : "\(NumberText.percent(gap, 2)) above the proven minimum"
    }

    private var changes: String {
        guard plan.base != nil || base != nil else { return "planned afresh" }
        let all = NumberText.count(
            plan.measures.observations + plan.measures.tiles, "item", "items")
        guard let difference else {
            let causes =
                plan.distribution.observations.compactMap(\.cause)
                + plan.distribution.tiles.compactMap(\.cause)
            return list(causes, "of \(all)", ("is new or moves", "are new or move"))
        }
        let moved = list(difference.moved.map(\.cause), "of \(all)", ("moves", "move"))
        let new = difference.changes.count { $0.before == nil }
        let gone = difference.changes.count { $0.after == nil }
        return moved + (new > 0 ? "; \(NumberText.grouped(new)) new" : "")
            + (gone > 0 ? "; \(NumberText.grouped(gone)) gone" : "")
    }

    private func list(
        _ causes: [ChangeCause], _ whole: String, _ verb: (one: String, many: String)
    ) -> String {
        guard !causes.isEmpty else { return "none \(whole) \(verb.one)" }
        let parts = ChangeCause.allCases.compactMap { cause -> String? in
            let count = causes.count { $0 == cause }
            return count == 0 ? nil : "\(NumberText.grouped(count)) \(reason(cause))"
        }
        let count = NumberText.grouped(causes.count)
        return "\(count) \(whole) \(causes.count == 1 ? verb.one : verb.many), "
            + parts.joined(separator: ", ")
    }

    /// `for the maintenance of SDC-FR`, where the base tells of which SDCs it is another.
    private func reason(_ cause: ChangeCause) -> String {
        switch cause {
        case .survey: "for the survey"
        case .maintenance: "for " + named("maintenance", sdcs { $0.maintenance != $1.maintenance })
        case .capacity:
            "for "
                + named(
                    "capacity",
                    sdcs {
                        $0.cores != $1.cores || $0.efficiency != $1.efficiency
                            || $0.storage != $1.storage || $0.used != $1.used
                            || $0.reservations != $1.reservations || $0.ingress != $1.ingress
                            || $0.egress != $1.egress
                    } + comers)
        case .pin: "for pins and prohibitions"
        case .free: "free"
        case .failover: "for " + named("failover", lost)
        }
    }

    /// The SDCs whose items others have taken over.
    private var lost: [ID<SDC>] {
        let changes = difference?.changes.filter { $0.cause == .failover } ?? []
        return Set(changes.compactMap(\.before?.primary)).sorted()
    }

    private func named(_ what: String, _ sdcs: [ID<SDC>]) -> String {
        sdcs.isEmpty ? what : "the \(what) of " + HardRule.list(sdcs.map(\.text))
    }

    /// The SDCs of both plans that differ.
    private func sdcs(_ differ: (SDC, SDC) -> Bool) -> [ID<SDC>] {
        guard let base else { return [] }
        let before = Dictionary(
            base.distribution.sdcs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return plan.distribution.sdcs.filter { sdc in
            before[sdc.id].map { differ($0, sdc) } ?? false
        }.map(\.id)
    }

    /// The SDCs that only one of the plans has.
    private var comers: [ID<SDC>] {
        guard let base else { return [] }
        return Set(base.distribution.sdcs.map(\.id))
            .symmetricDifference(plan.distribution.sdcs.map(\.id)).sorted()
    }
}
