import WebService
import Catalogue
import GroundSegment
import Markup
import Planning
import Reporting

/// A published distribution: who published it, why, and how good it is.
struct DistributionPage {
    let published: PublishedPlan
    /// Its content, where it is in force.
    let plan: Plan?
    let survey: SurveyOwnership
    /// What it assigns otherwise than another; `nil` where the database cannot be reached.
    let difference: RevisionDifference?

    /// How many changes it shows.
    static let shown = 100

    var page: Page {
        let data = "/v1" + PageAddress.distribution(published)
        var page = Page(
            title: "\(published.name), revision \(published.revision) of \(published.survey)",
            data: data)
        if published.state != .published {
            page.parts.append(.remark(fate))
        }
        page.parts.append(.facts(facts))
        page.parts.append(.links([.link(data + "/plan.json", "plan.json as it was published")]))
        if let plan {
            page.parts.append(.heading("Measures"))
            page.parts.append(.facts(measures(plan)))
            if !plan.measures.loads.isEmpty {
                page.parts.append(.heading("SDCs"))
                page.parts.append(sdcs(plan))
            }
        }
        page.parts += map + changes
        return page
    }

    /// What took its place, where that is so: `Superseded by revision 3 on 2027-02-01; not in force.`
    private var fate: String {
        if let withdrawal = published.withdrawal {
            return "Withdrawn on \(withdrawal.instant.date) by \(withdrawal.actor); not in force."
        }
        guard let instant = published.supersededAt else {
            return "\(published.state.rawValue), not in force"
        }
        let successor = survey.plans.first { $0.publishedAt == instant }
        return "Superseded" + (successor.map { " by revision \($0.revision)" } ?? "")
            + " on \(instant.date); not in force."
    }

    private var map: [Fragment] {
        guard let difference else { return [] }
        let sdcs = Set(difference.assignments.values.flatMap { [$0.primary, $0.secondary] })
        let map = TileMap.fragment(survey, sdcs: sdcs.sorted()) { difference.assignments[$0.id] }
        return map.map { [.heading("The sky by owner"), $0] } ?? []
    }

    private var changes: [Fragment] {
        guard let difference else {
            return [.remark("The catalogue cannot be reached now: map and changes are missing.")]
        }
        let others = survey.plans.map(\.revision).filter { $0 != published.revision }
        let address = PageAddress.distribution(published)
        let base = difference.base.map { "revision \($0)" } ?? "nothing before it"
        var parts: [Fragment] = [.heading("Changes against \(base)")]
        if !others.isEmpty {
            parts.append(
                FilterForm(
                    action: address,
                    fields: [
                        .choice(
                            name: "against", label: "Against revision",
                            value: difference.base.map { "\($0)" } ?? "",
                            choices: others.map { "\($0)" }, none: nil)
                    ], button: "Compare"
                ).fragment)
        }
        let changes = difference.changes
        let new = changes.count { $0.before == nil }
        let gone = changes.count { $0.after == nil }
        parts.append(
            Fragment(
                "p",
                .text(
                    "\(NumberText.grouped(changes.count)) of "
                        + "\(NumberText.grouped(difference.assignments.count)) assignments differ: "
                        + "\(NumberText.grouped(new)) new, \(NumberText.grouped(gone)) gone, "
                        + "\(NumberText.grouped(changes.count - new - gone)) moved.")))
        if !changes.isEmpty {
            parts.append(
                .table(["Item", "Was", "Is"], changes.prefix(Self.shown).map(row)))
        }
        let query = PageAddress.address(
            "/v1" + address + "/changes", ["against": difference.base.map { "\($0)" }])
        let more =
            changes.count > Self.shown
            ? "All \(NumberText.grouped(changes.count)) changes" : "Changes"
        return parts + [.links([.link(query, more + " as data")])]
    }

    private func row(_ change: RevisionDifference.Change) -> [Cell] {
        func owners(_ assignment: Assignment?) -> Cell {
            .text(assignment.map { "\($0.primary), \($0.secondary)" } ?? "none")
        }
        return [
            .link(PageAddress.item(change.item, published.survey), "\(change.item)"),
            owners(change.before), owners(change.after),
        ]
    }

    private var facts: [(name: String, value: Fragment)] {
        [
            ("Period", .text("\(published.period.start) to \(published.period.end)")),
            ("Published", .text("\(published.publishedAt) by \(published.author)")),
            (
                "Approved",
                .text(
                    published.approval.map { "\($0.instant) by \($0.approver)" } ?? "not recorded")
            ),
            ("Comment", .text(published.comment ?? "none")),
            ("Digest", .text(published.digest)),
        ] + circumstances
    }

    /// What is not so of most distributions.
    private var circumstances: [(name: String, value: Fragment)] {
        var facts: [(name: String, value: Fragment)] = []
        if let sdc = published.failoverOf {
            facts.append(("Failover of", .link(PageAddress.sdc(sdc, published.survey), sdc.text)))
        }
        if let instant = published.supersededAt {
            facts.append(("Superseded", .text("\(instant)")))
        }
        if let withdrawal = published.withdrawal {
            facts.append(
                (
                    "Withdrawn",
                    .text("\(withdrawal.instant) by \(withdrawal.actor): \(withdrawal.comment)")
                ))
        }
        return facts
    }

    private func measures(_ plan: Plan) -> [(name: String, value: Fragment)] {
        let measures = plan.measures
        return [
            ("Observations", .text(NumberText.grouped(measures.observations))),
            ("Tiles", .text(NumberText.grouped(measures.tiles))),
            ("Cost", .text(NumberText.grouped(measures.cost.value, 2) + " TB")),
            ("Copies between SDCs", .text(NumberText.grouped(measures.copyCount))),
            ("Cells outside a tolerance", .text(NumberText.grouped(measures.outside.count))),
            ("Utilisation", .meter(min(measures.utilisation, 1e6))),
        ]
    }

    private func sdcs(_ plan: Plan) -> Fragment {
        let rows = plan.measures.loads.map { load -> [Cell] in
            [
                .link(PageAddress.sdc(load.sdc, published.survey), load.sdc.text),
                .count(load.primaryObservations), .count(load.primaryTiles),
                .grouped(load.newVolume.value, 2),
            ]
        }
        return .table(
            ["SDC", "Observations as primary", "Tiles as primary", "New data, TB"], rows)
    }
}
