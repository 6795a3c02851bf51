import Catalogue
import GroundSegment
import Markup
import WebService

/// A tile or an observation: who owns it, and who did or will.
struct ItemPage {
    private let survey: SurveyOwnership
    private let item: OwnedItem
    private let owner: Ownership
    private let instant: MJD
    private let isAsked: Bool
    private let places: [ID<SDC>]?

    /// - Throws: `Problem` where nothing published has it.
    init(_ id: ItemID, _ request: RouteRequest, now: MJD) throws(Problem) {
        survey = try request.survey()
        instant = request.date("at") ?? now
        isAsked = request.date("at") != nil
        guard let item = survey.item(id), let owner = survey.owner(of: item, at: instant) else {
            throw .notFound("nothing published has this \(id.kind.rawValue)")
        }
        self.item = item
        self.owner = owner
        places = request.state.places(of: owner)
    }

    var page: Page {
        let id = item.id
        let data = "/v1/\(id.kind.rawValue)s/\(PercentCoding.encoded(id.text))"
        let query = "?survey=" + PercentCoding.encoded(survey.survey.text)
        let at = isAsked ? "&at=" + PercentCoding.encoded(instant.iso8601) : ""
        var page = Page(
            title: "\(id.kind == .tile ? "Tile" : "Observation") \(id.text) of \(survey.survey)",
            data: data + "/owner" + query + at)
        if let remark = owner.remark(at: instant) { page.parts.append(.remark(remark)) }
        page.parts.append(.facts(facts))
        page.parts.append(.heading("By time of ownership"))
        page.parts.append(.table(["From", "Until", "Primary", "Secondary", "Revision"], holdings))
        page.parts.append(
            .links([.link(data + "/history" + query, "Everything ever published of it")]))
        return page
    }

    private var facts: [(name: String, value: Fragment)] {
        let plan = owner.plan
        var facts: [(name: String, value: Fragment)] = [
            ("Primary", sdc(owner.assignment.primary)),
            ("Secondary", sdc(owner.assignment.secondary)),
            ("Centre", .text("RA \(item.centre.ra), Dec \(item.centre.dec), ICRS")),
            (
                "Plan",
                .link(PageAddress.distribution(plan), "\(plan.name), revision \(plan.revision)")
            ),
            ("Published", .text("\(plan.publishedAt) by \(plan.author)")),
        ]
        if let places {
            facts.insert(
                ("Data at", .text(places.map(\.text).joined(separator: ", "))), at: 2)
        }
        if let approval = plan.approval {
            facts.append(
                (
                    "Approved",
                    .text("\(approval.instant) by \(approval.approver): \(approval.comment)")
                ))
        }
        if let window = item.window {
            facts.append(("Observed", .text("\(window.start) to \(window.end)")))
        }
        return facts
    }

    private var holdings: [[Cell]] {
        item.holdings.map { holding in
            [
                .text(holding.validFrom.iso8601), .text(holding.validUntil?.iso8601 ?? "open"),
                Cell(sdc(holding.assignment.primary)), Cell(sdc(holding.assignment.secondary)),
                .text("\(holding.revision)"),
            ]
        }
    }

    private func sdc(_ id: ID<SDC>) -> Fragment {
        .link(PageAddress.sdc(id, survey.survey), id.text)
    }
}
