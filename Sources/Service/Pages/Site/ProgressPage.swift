import WebService
import Catalogue
import GroundSegment
import Markup
import Reporting

/// How far the processing is: by SDC, by week, and order by order, errors first.
struct ProgressPage {
    let request: RouteRequest
    let lines: [OrderProgress]
    let orders: [ListedOrder]
    /// Where the following orders begin; `nil` where these are the last.
    let next: String?
    let clock: MJD

    /// How many orders a page shows.
    static let rows = 50

    var page: Page {
        var page = Page(
            title: "Progress",
            data: PageAddress.address("/v1/progress", ["survey": request.text("survey")]))
        page.parts.append(
            Fragment(
                "div", ["id": "live"],
                [
                    Fragment("p", .text(finding)), .heading("By SDC"), bySDC,
                    .heading("By week of release"), byWeek,
                ]))
        page.parts.append(.heading("Orders"))
        page.parts.append(form)
        page.parts += OrderRows.parts(orders, none: "No order is so.")
        page.parts.append(.links(links))
        page.parts.append(Fragment("script", ["src": "/progress.js", "defer": ""]))
        return page
    }

    /// Asks for the page again whenever the service tells of a change, and shows its tables.
    static let script = """
        'use strict';
        const events = new EventSource('/v1/progress/events');
        let seen = false;
        events.addEventListener('progress', async () => {
          if (!seen) { seen = true; return; }
          const answer = await fetch(location.href, {headers: {accept: 'text/html'}});
          if (!answer.ok) return;
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const fresh = page.getElementById('live');
          if (fresh) document.getElementById('live').replaceWith(fresh);
        });

        """

    private func sum(_ lines: some Sequence<OrderProgress>, _ state: OrderState) -> Int {
        lines.reduce(0) { $0 + ($1.orders[state] ?? 0) }
    }

    private var finding: String {
        let all = lines.reduce(0) { $0 + $1.orders.values.reduce(0, +) }
        let counts = OrderState.allCases.map { (state: $0, orders: sum(lines, $0)) }
            .filter { $0.orders > 0 }
            .map { "\(NumberText.grouped($0.orders)) \($0.state.rawValue.lowercased())" }
        let late = lines.reduce(0) { $0 + $1.late }
        guard all > 0 else { return "There are no orders." }
        return "Of \(NumberText.grouped(all)) orders: " + counts.joined(separator: ", ")
            + ". \(NumberText.grouped(late)) are late: not ended though the week of their release is over, at \(clock)."
    }

    private func row(_ head: Cell, _ lines: [OrderProgress]) -> [Cell] {
        let counts = OrderState.allCases.map { sum(lines, $0) }
        let planned = counts.reduce(0, +) - sum(lines, .withdrawn)
        let done = sum(lines, .completed)
        return [head]
            + [.error, .aborted].map { Cell.count(sum(lines, $0)) }
            + [.count(lines.reduce(0) { $0 + $1.late })]
            + [.executing, .allocated, .completed, .withdrawn].map { .count(sum(lines, $0)) }
            + [planned > 0 ? .meter(Double(done) / Double(planned)) : .text("")]
    }

    private func table(_ first: String, _ rows: [[Cell]]) -> Fragment {
        guard !rows.isEmpty else { return Fragment("p", "There are no orders.") }
        return .table(
            [
                first, "Error", "Aborted", "Late", "Executing", "Allocated", "Completed",
                "Withdrawn", "Done",
            ], rows)
    }

    private var bySDC: Fragment {
        let groups = Dictionary(grouping: lines) { Place(survey: $0.survey, sdc: $0.sdc) }
        let surveys = Set(lines.map(\.survey)).count
        return table(
            "SDC",
            groups.sorted { $0.key < $1.key }.map { place, lines in
                let name = surveys > 1 ? "\(place.sdc) of \(place.survey)" : place.sdc.text
                return row(.link(PageAddress.sdc(place.sdc, place.survey), name), lines)
            })
    }

    private var byWeek: Fragment {
        let groups = Dictionary(grouping: lines, by: \.week)
        return table(
            "Week",
            groups.sorted { $0.key < $1.key }.map { week, lines in
                let address = PageAddress.address(
                    "/progress", ["survey": request.text("survey"), "week": week.date])
                return row(.link(address, week.date), lines)
            })
    }

    private struct Place: Hashable, Comparable {
        let survey: ID<SurveyPlan>
        let sdc: ID<SDC>

        static func < (left: Place, right: Place) -> Bool {
            (left.survey, left.sdc) < (right.survey, right.sdc)
        }
    }

    private var query: KeyValuePairs<String, String?> {
        [
            "survey": request.text("survey"), "sdc": request.text("sdc"),
            "state": request.text("state"), "week": request.text("week"),
            "late": request.text("late"),
        ]
    }

    private var form: Fragment {
        FilterForm(
            action: "/progress",
            fields: FilterForm.Field.survey(request.state, request.text("survey"), none: "all") + [
                .choice(
                    name: "sdc", label: "SDC", value: request.text("sdc") ?? "",
                    choices: Set(lines.map(\.sdc)).sorted().map(\.text), none: "all"),
                .choice(
                    name: "state", label: "State", value: request.text("state") ?? "",
                    choices: OrderState.allCases.map(\.rawValue), none: "any"),
                .date(
                    name: "week", label: "Released in the 7 days from (UTC)",
                    value: request.date("week")?.date ?? ""),
                .choice(
                    name: "late", label: "Late only", value: request.text("late") ?? "",
                    choices: ["yes"], none: "no"),
            ]
        ).fragment
    }

    private var links: [Fragment] {
        let address = PageAddress.address("/progress", query)
        var links = [
            Fragment.link(
                PageAddress.address("/v1/orders", query), "These orders as data"),
            .link("/v1/progress/events", "Follow the progress as events"),
            .link(
                PageAddress.address("/actual", ["survey": request.text("survey")]),
                "What was planned and what was done"),
            .link("/feed.atom", "Failed orders, late weeks and plans as a feed"),
        ]
        if request.text("after") != nil { links.append(.link(address, "From the beginning")) }
        if let next {
            links.append(.link(PageAddress.next(address, after: next), "Next \(Self.rows)"))
        }
        return links
    }
}
