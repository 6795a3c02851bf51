import Catalogue
import GroundSegment
import Markup
import WebService

/// The tiles or observations of a survey, by SDC, role and time, a page at a time.
struct ItemsPage {
    let selection: ItemSelection
    let request: RouteRequest

    /// How many a page shows.
    static let rows = 100

    private var kind: ItemKind { selection.kind }
    private var name: String { kind.rawValue + "s" }
    private var survey: ID<SurveyPlan> { selection.survey.survey }

    /// The parameters of the page and of its data.
    private var query: KeyValuePairs<String, String?> {
        [
            "survey": survey.text, "sdc": request.text("sdc"), "role": request.text("role"),
            "at": request.text("at"),
        ]
    }

    var page: Page {
        let address = PageAddress.address("/" + name, query)
        var data = PageAddress.address("/v1/" + name, query) + "&limit=\(Self.rows)"
        if let after = request.text("after") { data = PageAddress.next(data, after: after) }
        let start = selection.start(after: request.text("after"))
        let end = min(start + Self.rows, selection.count)
        var page = Page(
            title: "\(kind == .tile ? "Tiles" : "Observations") of \(survey)", data: data)
        page.parts.append(form)
        page.parts.append(
            Fragment(
                "p",
                .text(
                    start < end
                        ? "\(start + 1) to \(end) of \(selection.count) \(name), by identifier"
                        : "none of \(selection.count) \(name)")))
        if start < end {
            page.parts.append(
                .table(
                    [
                        kind == .tile ? "Tile" : "Observation", "RA", "Dec", "Primary", "Secondary",
                        "From", "Revision",
                    ], (start..<end).compactMap(row)))
        }
        var links = [Fragment.link(PageAddress.address("/v1/" + name, query), "All as data")]
        if start > 0 { links.append(.link(address, "From the beginning")) }
        if end < selection.count, end > 0 {
            links.append(
                .link(
                    PageAddress.next(address, after: selection.item(end - 1).id.text),
                    "Next \(min(Self.rows, selection.count - end))"))
        }
        page.parts.append(.links(links))
        return page
    }

    private var form: Fragment {
        FilterForm(
            action: "/" + name,
            fields: FilterForm.Field.survey(request.state, survey.text) + [
                .choice(
                    name: "sdc", label: "SDC", value: request.text("sdc") ?? "",
                    choices: request.state.sdcs(of: selection.survey).map(\.text), none: "all"),
                .choice(
                    name: "role", label: "as", value: request.text("role") ?? "",
                    choices: Role.allCases.map(\.rawValue), none: "either"),
                .date(name: "at", label: "At (UTC)", value: request.date("at")?.date ?? ""),
            ]
        ).fragment
    }

    private func row(_ index: Int) -> [Cell]? {
        guard let owner = selection.owner(index) else { return nil }
        let item = selection.item(index)
        let at = selection.time.isAsked ? selection.time.instant : nil
        return [
            .link(PageAddress.item(item.id, survey, at: at), item.id.text),
            .number(item.centre.ra.shown), .number(item.centre.dec.shown),
            .link(
                PageAddress.sdc(owner.assignment.primary, survey), owner.assignment.primary.text),
            .link(
                PageAddress.sdc(owner.assignment.secondary, survey),
                owner.assignment.secondary.text),
            .text(owner.validFrom.iso8601),
            .link(PageAddress.distribution(owner.plan), "\(owner.plan.revision)"),
        ]
    }
}
