import Catalogue
import GroundSegment
import Markup
import Reporting
import WebService

/// The tiles or observations of a survey, by SDC, role, time and status, a page at a time.
struct ItemsPage {
    let selection: ItemSelection
    let request: RouteRequest

    /// How many a page shows.
    static let rows = 100

    private var kind: ItemKind { selection.kind }
    private var name: String { kind.rawValue + "s" }
    private var survey: ID<SurveyPlan> { selection.survey.survey }

    /// The parameters of the page and of its data.
    private func query(status: ItemStatus) -> KeyValuePairs<String, String?> {
        [
            "survey": survey.text, "sdc": request.text("sdc"), "role": request.text("role"),
            "at": request.text("at"), "status": status == .inForce ? nil : status.rawValue,
        ]
    }

    private func address(_ path: String, status: ItemStatus? = nil) -> String {
        PageAddress.address(path, query(status: status ?? selection.status))
    }

    /// Where the same is as data; there is nothing of a time before all plans.
    private var data: String? {
        guard !selection.time.isTooEarly(for: selection.survey) else { return nil }
        return address("/v1/" + name)
    }

    var page: Page {
        let start = selection.start(after: request.text("after"))
        let end = min(start + Self.rows, selection.count)
        var twin = data.map { $0 + "&limit=\(Self.rows)" }
        if let after = request.text("after") {
            twin = twin.map { PageAddress.next($0, after: after) }
        }
        var page = Page(
            title: "\(kind == .tile ? "Tiles" : "Observations") of \(survey)", data: twin)
        page.parts.append(form)
        if let remark = selection.time.remark(of: selection.survey) {
            page.parts.append(.remark(remark))
        }
        page.parts.append(finding(start, end))
        if start < end {
            page.parts.append(.table(headings, (start..<end).compactMap(row)))
        }
        var links = data.map { [Fragment.link($0, "All as data")] } ?? []
        if start > 0 { links.append(.link(address("/" + name), "From the beginning")) }
        if end < selection.count, end > 0 {
            links.append(
                .link(
                    PageAddress.next(
                        address("/" + name), after: selection.item(end - 1).id.text),
                    "Next \(min(Self.rows, selection.count - end))"))
        }
        if !links.isEmpty { page.parts.append(.links(links)) }
        return page
    }

    /// How many are shown, and how many are not though they once were published.
    private func finding(_ start: Int, _ end: Int) -> Fragment {
        let count = NumberText.grouped(selection.count)
        let what = "\(count) \(name) \(standing)"
        let shown =
            start < end
            ? "\(NumberText.grouped(start + 1)) to \(NumberText.grouped(end)) of \(what), by identifier."
            : "None of \(what)."
        guard selection.status == .inForce, selection.dropped > 0 else {
            return Fragment("p", .text(shown))
        }
        return Fragment(
            "p",
            [
                .text(
                    shown + " Not among them: \(NumberText.grouped(selection.dropped)) that were"
                        + " published and that the plans in force no longer have; "),
                .link(address("/" + name, status: .dropped), "show them"), ".",
            ])
    }

    private var standing: String {
        switch selection.status {
        case .inForce:
            selection.time.isAsked ? "in force at \(selection.time.instant.brief)" : "in force"
        case .dropped: "that the plans in force no longer have"
        case .all: "that ever were published"
        }
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
                .words(
                    name: "status", label: "Status", value: selection.status.rawValue,
                    choices: [
                        (ItemStatus.inForce.rawValue, "in force"),
                        (ItemStatus.dropped.rawValue, "no longer"),
                        (ItemStatus.all.rawValue, "all"),
                    ]),
                .date(name: "at", label: "At (UTC)", value: request.date("at")?.date ?? ""),
            ]
        ).fragment
    }

    private var headings: [String] {
        [
            kind == .tile ? "Tile" : "Observation", "RA, deg", "Dec, deg", "Primary", "Secondary",
            "From",
        ] + (selection.status == .inForce ? [] : ["In force"]) + ["Revision"]
    }

    private func row(_ index: Int) -> [Cell]? {
        guard let owner = selection.owner(index) else { return nil }
        let item = selection.item(index)
        let at = selection.time.isAsked ? selection.time.instant : nil
        let standing: [Cell] =
            selection.status == .inForce ? [] : [.text(Self.standing(owner.coverage))]
        return [
            .link(PageAddress.item(item.id, survey, at: at), item.id.text),
            .degrees(item.centre.ra), .degrees(item.centre.dec),
            .link(
                PageAddress.sdc(owner.assignment.primary, survey), owner.assignment.primary.text),
            .link(
                PageAddress.sdc(owner.assignment.secondary, survey),
                owner.assignment.secondary.text),
            .text(owner.validFrom.iso8601),
        ] + standing + [
            .link(PageAddress.distribution(owner.plan), "\(owner.plan.revision)")
        ]
    }

    private static func standing(_ coverage: Ownership.Coverage) -> String {
        switch coverage {
        case .covered: "yes"
        case .newestPlan: "at another time"
        case .dropped: "no longer"
        }
    }
}
