import WebService
import Catalogue
import GroundSegment
import Markup
import Tables

/// What publications changed, a page at a time.
struct ChangesPage {
    let request: RouteRequest
    /// What is asked for, or the day of the first publication.
    let since: MJD
    let rows: [[TableValue]]
    /// Where the following ones begin; `nil` where these are the last.
    let next: String?

    /// How many a page shows.
    static let limit = 100

    private var query: KeyValuePairs<String, String?> {
        ["since": request.text("since"), "survey": request.text("survey")]
    }

    var page: Page {
        var data = PageAddress.address(
            "/v1/changes",
            ["since": since.iso8601, "survey": request.text("survey"), "limit": "\(Self.limit)"])
        if let after = request.text("after") { data = PageAddress.next(data, after: after) }
        var page = Page(title: "What publications changed", data: data)
        page.parts.append(
            FilterForm(
                action: "/changes",
                fields: FilterForm.Field.survey(
                    request.state, request.text("survey"), none: "all") + [
                        .date(
                            name: "since", label: "Published since (UTC)",
                            value: request.date("since")?.date ?? "")
                    ]
            ).fragment)
        if request.date("since") == nil, !rows.isEmpty {
            page.parts.append(
                Fragment(
                    "p", .text("Since the first publication, on \(since.date), the earliest first.")
                ))
        }
        page.parts.append(table)
        var links: [Fragment] = []
        let address = PageAddress.address("/changes", query)
        if request.text("after") != nil { links.append(.link(address, "From the beginning")) }
        if let next {
            links.append(.link(PageAddress.next(address, after: next), "Next \(Self.limit)"))
        }
        links.append(.link("/v1/changes/events", "Follow them as events"))
        page.parts.append(.links(links))
        return page
    }

    private var table: Fragment {
        guard !rows.isEmpty else { return Fragment("p", "Nothing was changed since then.") }
        return .table(
            ["Published", "Survey", "Item", "Was", "Is", "From", "Cause", "Revision"],
            rows.map { row in
                func text(_ name: String) -> String {
                    let place = ChangeLog.columns.firstIndex { $0.name == name }
                    guard let place, row.indices.contains(place) else { return "" }
                    return switch row[place] {
                    case .text(let text): text
                    case .integer(let number): "\(number)"
                    default: ""
                    }
                }
                func owners(_ first: String, _ second: String) -> Cell {
                    let pair = [text(first), text(second)].filter { !$0.isEmpty }
                    return .text(pair.isEmpty ? "none" : pair.joined(separator: ", "))
                }
                let survey = text("survey")
                let kind = text("kind")
                return [
                    .text(String(text("published_at").prefix(19)) + "Z"), .text(survey),
                    .link(
                        PageAddress.address(
                            "/\(kind)s/\(text("id").inPath)", ["survey": survey]),
                        "\(kind) \(text("id"))"),
                    owners("previous_primary", "previous_secondary"),
                    owners("primary_sdc", "secondary_sdc"),
                    .text(String(text("valid_from").prefix(10))), .text(text("cause")),
                    .link(
                        "/distributions/\(survey.inPath)/\(text("revision"))", text("revision")),
                ]
            })
    }
}
