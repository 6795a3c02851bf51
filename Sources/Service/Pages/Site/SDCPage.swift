import Catalogue
import GroundSegment
import Markup
import Planning
import Reporting
import WebService

/// An SDC: its planned work, its maintenance, what it holds.
struct SDCPage {
    let id: ID<SDC>
    let survey: SurveyOwnership
    let plans: [(published: PublishedPlan, plan: Plan)]
    let time: AskedTime
    /// How far its orders are, and those first that somebody has to do something about; `nil`
    /// where the database cannot be reached.
    let orders: (lines: [OrderProgress], first: [ListedOrder], runner: RegisteredRunner?)?
    /// Its tiles on the sky; `nil` where it has none.
    let map: Fragment?
    /// What each survey gives it.
    let surveys: [SurveyLoad]

    /// How many orders it shows.
    static let orderRows = 10

    var page: Page {
        let data = "/v1/sdcs/\(PercentCoding.encoded(id.text))"
        let query = "?survey=" + PercentCoding.encoded(survey.survey.text)
        let at = time.isAsked ? "&at=" + PercentCoding.encoded(time.instant.iso8601) : ""
        let site = plans.last.flatMap(self.site)
        var page = Page(
            title: title(site),
            data: time.isTooEarly(for: survey) ? nil : data + query + at)
        if let remark = time.remark(of: survey) { page.parts.append(.remark(remark)) }
        page.parts.append(.facts(facts(site)))
        page.parts.append(
            .links([
                .link(
                    PageAddress.address(
                        "/sdcs/\(id.text.inPath)/load", ["survey": survey.survey.text]),
                    "Load by week"),
                .link(
                    PageAddress.address(
                        "/sdcs/\(id.text.inPath)/only-there", ["survey": survey.survey.text]),
                    "What only it holds"),
                .link(data + "/calendar.ics" + query, "Calendar (iCalendar)"),
                .link(
                    PageAddress.address(
                        "/tiles", ["survey": survey.survey.text, "sdc": id.text]),
                    "List of its tiles"
                ),
                .link(
                    PageAddress.address(
                        "/observations", ["survey": survey.survey.text, "sdc": id.text]),
                    "and observations"),
                .link(data + "/moc" + query, "Sky coverage (MOC, JSON)"),
                .link(
                    "/v1/tiles" + query + "&sdc=" + PercentCoding.encoded(id.text),
                    "Its tiles as data"),
            ]))
        if let map { page.parts += [.heading("Its sky"), map] }
        page.parts += ofAllSurveys
        page.parts += progress
        for entry in plans {
            page.parts.append(
                .heading("\(entry.published.name), revision \(entry.published.revision)"))
            page.parts += loads(entry.plan)
            page.parts += maintenance(self.site(entry))
        }
        return page
    }

    /// What all surveys give it together; nothing where there is one survey alone.
    private var ofAllSurveys: [Fragment] {
        guard surveys.count > 1 else { return [] }
        func cells(
            _ name: String, _ period: String, _ loads: [SurveyLoad]
        ) -> [Cell] {
            [
                .text(name), .text(period), .count(loads.reduce(0) { $0 + $1.observations }),
                .count(loads.reduce(0) { $0 + $1.tiles }),
                .grouped(loads.reduce(0) { $0 + $1.work.value }),
                .grouped(loads.reduce(0) { $0 + $1.volume.value }),
            ]
        }
        return [
            .heading("All surveys"),
            .table(
                ["Survey", "Period", "Observations", "Tiles", "Work, core-hours", "New data, TB"],
                surveys.map { load in
                    cells(
                        load.survey.text,
                        "\(load.period.start.date) to \(load.period.end.date)", [load])
                } + [cells("All together", "", surveys)]),
        ]
    }

    private var progress: [Fragment] {
        guard let orders else {
            return [.remark("The catalogue cannot be reached now: the orders are missing.")]
        }
        let counts = OrderState.allCases.map { state in
            (state, orders.lines.reduce(0) { $0 + ($1.orders[state] ?? 0) })
        }
        let words = counts.filter { $0.1 > 0 }.map {
            "\(NumberText.grouped($0.1)) \($0.0.rawValue.lowercased())"
        }
        let late = orders.lines.reduce(0) { $0 + $1.late }
        return [
            .heading("Orders"),
            Fragment(
                "p",
                .text(
                    words.isEmpty
                        ? "It has no orders."
                        : words.joined(separator: ", ") + "; \(NumberText.grouped(late)) late.")),
        ] + (words.isEmpty ? [] : OrderRows.parts(orders.first, none: ""))
            + [
                .links([
                    .link(
                        PageAddress.address(
                            "/progress", ["survey": survey.survey.text, "sdc": id.text]),
                        "All its orders")
                ])
            ]
    }

    private func title(_ site: SDC?) -> String {
        guard let name = site?.name, name != id.text else { return id.text }
        return "\(id), \(name)"
    }

    private func site(_ entry: (published: PublishedPlan, plan: Plan)) -> SDC? {
        entry.plan.distribution.sdcs.first { $0.id == id }
    }

    /// Whether a runner serves it: `no sign since 12 min`.
    private var runner: [(name: String, value: Fragment)] {
        guard let orders else { return [] }
        return [("Runner", SDCsPage.text(of: orders.runner))]
    }

    private func facts(_ site: SDC?) -> [(name: String, value: Fragment)] {
        let held = survey.tiles.filter { time.assignment(of: $0)?.primary == id }
        let tiles: (name: String, value: Fragment) = (
            "Tiles as primary", .text(NumberText.grouped(held.count))
        )
        guard let site else { return [tiles] + runner }
        return [
            (
                "Cores",
                .text(
                    "\(NumberText.grouped(site.cores)), of which "
                        + "\(NumberText.grouped(100 * site.efficiency))% usable"
                )
            ),
            (
                "Storage",
                .text(
                    "\(NumberText.grouped(site.storage.value, 1)) TB, of which "
                        + "\(NumberText.grouped(site.used.value, 1)) TB used before")
            ), tiles,
        ] + runner
    }

    /// How many buckets it shows at most: a quarter of a year.
    private static let shown = 13

    /// The buckets from the one before the time of ownership on.
    private func loads(_ plan: Plan) -> [Fragment] {
        let count = plan.measures.loads.first { $0.sdc == id }?.buckets.count ?? 0
        let buckets = plan.distribution.buckets
        let first = max(0, min(buckets.index(of: time.instant) - 1, count - Self.shown))
        let last = min(count, first + Self.shown)
        guard let table = LoadPage.table(of: plan, id, first..<last) else {
            return [LoadPage.none]
        }
        var links: [Fragment] = []
        if first > 0 { links.append(link(to: max(0, first + 1 - Self.shown), buckets, "Earlier")) }
        if last < count { links.append(link(to: last + 1, buckets, "Later")) }
        return links.isEmpty ? [table] : [table, .links(links)]
    }

    private func link(to index: Int, _ buckets: Buckets, _ text: String) -> Fragment {
        let place = PageAddress.sdc(id, survey.survey)
        return .link(place + "&at=" + buckets.name(min(index, buckets.count - 1)), text)
    }

    private func maintenance(_ site: SDC?) -> [Fragment] {
        guard let windows = site?.maintenance, !windows.isEmpty else { return [] }
        return [
            .table(
                ["Maintenance from", "Until", "Available", "Announcement"],
                windows.map { window in
                    [
                        .text(window.window.start.iso8601), .text(window.window.end.iso8601),
                        .text("\(Int((100 * window.availability).rounded()))%"),
                        .prose(window.summary),
                    ]
                })
        ]
    }
}
