import Catalogue
import GroundSegment
import Markup
import Reporting
import WebService

/// The processing orders by SDC, state, pipeline and item, page by page.
struct OrdersPage {
    let request: RouteRequest
    let counts: [OrderCount]
    let orders: [ListedOrder]
    /// Where the following orders begin; `nil` where these are the last.
    let next: String?

    /// How many a page shows.
    static let rows = 50

    private var query: KeyValuePairs<String, String?> {
        [
            "survey": request.text("survey"), "sdc": request.text("sdc"),
            "state": request.text("state"), "pipeline": request.text("pipeline"),
            "week": request.text("week"), "late": request.text("late"),
            "tile": request.text("tile"), "observation": request.text("observation"),
        ]
    }

    var page: Page {
        var data = PageAddress.address("/v1/orders", query)
        if let after = request.text("after") { data = PageAddress.next(data, after: after) }
        var page = Page(title: "Orders", data: data)
        page.parts.append(form)
        page.parts.append(Fragment("p", .text(finding)))
        if !counts.isEmpty { page.parts.append(table) }
        page.parts += OrderRows.parts(orders, none: "No order is so.")
        page.parts.append(.links(links))
        return page
    }

    private var finding: String {
        let all = counts.reduce(0) { $0 + $1.orders }
        let late = counts.reduce(0) { $0 + $1.late }
        let noun = all == 1 ? "order" : "orders"
        return "\(NumberText.grouped(all)) \(noun), of which \(NumberText.grouped(late)) are late: "
            + "not ended though the week of their release is over."
    }

    /// The states that somebody has to do something about come first.
    private static let states: [OrderState] = [
        .error, .aborted, .executing, .allocated, .completed, .withdrawn,
    ]

    private var table: Fragment {
        let groups = Dictionary(grouping: counts, by: \.sdc).sorted { $0.key < $1.key }
        return .table(
            [
                "SDC", "Error", "Aborted", "Executing", "Allocated", "Completed", "Withdrawn",
                "Late",
            ],
            groups.map { row($0.key, $0.value) })
    }

    private func row(_ sdc: ID<SDC>, _ counts: [OrderCount]) -> [Cell] {
        var cells: [Cell] = [.link(narrowed(sdc, nil), sdc.text)]
        for state in Self.states {
            let orders = counts.reduce(0) { $0 + ($1.state == state ? $1.orders : 0) }
            cells.append(
                orders == 0
                    ? .count(0)
                    : Cell(
                        .link(narrowed(sdc, state), NumberText.grouped(orders)), style: .number))
        }
        cells.append(.count(counts.reduce(0) { $0 + $1.late }))
        return cells
    }

    /// The address of a part of this list.
    private func narrowed(_ sdc: ID<SDC>, _ state: OrderState?) -> String {
        PageAddress.address(
            "/orders",
            [
                "survey": request.text("survey"), "sdc": sdc.text,
                "state": state?.rawValue ?? request.text("state"),
                "pipeline": request.text("pipeline"), "week": request.text("week"),
                "late": request.text("late"), "tile": request.text("tile"),
                "observation": request.text("observation"),
            ])
    }

    private var form: Fragment {
        let sdcs = Set(request.state.snapshot.surveys.flatMap { request.state.sdcs(of: $0) })
        let pipelines = Set(counts.map(\.pipeline))
            .union(request.text("pipeline").map { [$0] } ?? ["observation", "tile"])
        return FilterForm(
            action: "/orders",
            fields: FilterForm.Field.survey(request.state, request.text("survey"), none: "all") + [
                .choice(
                    name: "sdc", label: "SDC", value: request.text("sdc") ?? "",
                    choices: sdcs.sorted().map(\.text), none: "all"),
                .choice(
                    name: "state", label: "State", value: request.text("state") ?? "",
                    choices: Self.states.map(\.rawValue), none: "any"),
                .choice(
                    name: "pipeline", label: "Pipeline", value: request.text("pipeline") ?? "",
                    choices: pipelines.sorted(), none: "any"),
                .text(
                    name: "observation", label: "Observation",
                    value: request.text("observation") ?? ""),
                .text(name: "tile", label: "Tile", value: request.text("tile") ?? ""),
            ]
        ).fragment
    }

    private var links: [Fragment] {
        let address = PageAddress.address("/orders", query)
        var links = [
            Fragment.link(PageAddress.address("/v1/orders", query), "These orders as data"),
            .link(PageAddress.address("/v1/order-counts", query), "How many, as data"),
            .link("/feed.atom", "Failed orders and late weeks as a feed"),
        ]
        if request.text("after") != nil { links.append(.link(address, "From the beginning")) }
        if let next {
            links.append(.link(PageAddress.next(address, after: next), "Next \(Self.rows)"))
        }
        return links
    }
}
