import Catalogue
import GroundSegment
import Markup
import Reporting
import WebService

/// What an outage of an SDC would put out of reach.
struct OnlyTherePage {
    let sdc: ID<SDC>
    let request: RouteRequest
    let holdings: [SoleHolding]

    private var query: KeyValuePairs<String, String?> {
        [
            "survey": request.text("survey"), "from": request.date("from")?.date,
            "until": request.date("until")?.date,
        ]
    }

    var page: Page {
        let path = "/sdcs/\(sdc.text.inPath)/only-there"
        var page = Page(
            title: "What only \(sdc) holds", data: PageAddress.address("/v1" + path, query))
        page.parts.append(
            FilterForm(
                action: path,
                fields: FilterForm.Field.survey(request.state, request.text("survey")) + [
                    .date(
                        name: "from", label: "Needed by orders released from (UTC)",
                        value: request.date("from")?.date ?? ""),
                    .date(
                        name: "until", label: "until (UTC)",
                        value: request.date("until")?.date ?? ""),
                ]
            ).fragment)
        page.parts.append(Fragment("p", .text(finding)))
        if !holdings.isEmpty { page.parts.append(table) }
        page.parts.append(
            .links([
                .link(
                    PageAddress.address(
                        "/sdcs/\(sdc.text.inPath)", ["survey": request.text("survey")]), sdc.text)
            ]))
        return page
    }

    private var finding: String {
        guard !holdings.isEmpty else { return "Other SDCs hold all products that \(sdc) has." }
        let products = holdings.reduce(0) { $0 + $1.products }
        let bytes = holdings.reduce(0) { $0 + $1.bytes }
        let needed = holdings.count { $0.elsewhere > 0 }
        return "In an outage \(NumberText.grouped(products)) products of "
            + "\(NumberText.grouped(holdings.count)) items, "
            + "\(NumberText.grouped(Double(bytes) / 1e9, 1)) GB, could not be reached; "
            + "\(NumberText.grouped(needed)) of the items are needed at other SDCs."
    }

    private var table: Fragment {
        .table(
            ["Item", "Products", "MB", "Needed by", "elsewhere", "First", "at", "Released"],
            holdings.map { row($0) })
    }

    private func row(_ holding: SoleHolding) -> [Cell] {
        let cells: [Cell] = [
            Cell(.link(PageAddress.item(holding.item, holding.survey), "\(holding.item)")),
            .count(holding.products), .grouped(Double(holding.bytes) / 1e6, 1),
            .count(holding.dependents), .count(holding.elsewhere),
        ]
        guard let first = holding.first else { return cells + [.text(""), .text(""), .text("")] }
        return cells + [
            .link(PageAddress.order(first.order), first.order.text), .text(first.sdc.text),
            .text(first.release.iso8601),
        ]
    }
}
