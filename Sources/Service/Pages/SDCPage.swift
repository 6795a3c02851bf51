import Catalogue
import GroundSegment
import Planning

/// An SDC: its planned work, its maintenance, what it holds.
struct SDCPage {
    let id: ID<SDC>
    let survey: SurveyOwnership
    let plans: [(published: PublishedPlan, plan: Plan)]
    /// Time of ownership.
    let instant: MJD

    var page: Page {
        let data = "/v1/sdcs/\(PercentCoding.encoded(id.text))"
        let query = "?survey=" + PercentCoding.encoded(survey.survey.text)
        let site = plans.last.flatMap(self.site)
        var page = Page(
            title: site.map { "\(id), \($0.name)" } ?? id.text, data: data + "/load" + query)
        page.parts.append(.facts(facts(site)))
        page.parts.append(
            .links([
                .link(data + "/calendar.ics" + query, "Calendar"),
                .link(data + "/moc" + query, "Sky coverage (MOC)"),
                .link(
                    "/v1/tiles" + query + "&sdc=" + PercentCoding.encoded(id.text), "Its tiles"),
            ]))
        for entry in plans {
            page.parts.append(
                .heading("\(entry.published.name), revision \(entry.published.revision)"))
            page.parts.append(loads(entry.plan))
            page.parts += maintenance(self.site(entry))
        }
        return page
    }

    private func site(_ entry: (published: PublishedPlan, plan: Plan)) -> SDC? {
        entry.plan.distribution.sdcs.first { $0.id == id }
    }

    private func facts(_ site: SDC?) -> [(name: String, value: Markup)] {
        let held = survey.tiles.filter {
            $0.holding(at: instant)?.holding.assignment.primary == id
        }
        let tiles: (name: String, value: Markup) = ("Tiles as primary", .text("\(held.count)"))
        guard let site else { return [tiles] }
        return [
            (
                "Cores",
                .text("\(Int(site.cores)), of which \(Int(100 * site.efficiency))% usable")
            ),
            ("Storage", .text("\(site.storage) TB, of which \(site.used) TB used before")), tiles,
        ]
    }

    private func loads(_ plan: Plan) -> Markup {
        let loads = plan.measures.loads.first { $0.sdc == id }?.buckets ?? []
        let rows = loads.enumerated().map { index, load -> [Markup] in
            [
                .text(plan.distribution.buckets.name(index)),
                .text("\(load.observations)"), .text("\(load.tiles)"),
                .text("\(Int(load.work.value))"), .text("\(Int(load.capacity.value))"),
                load.capacity > .zero ? .meter(load.work / load.capacity) : .text("closed"),
            ]
        }
        return .table(
            ["Week", "Observations", "Tiles", "Core-hours", "Capacity", "Utilisation"], rows)
    }

    private func maintenance(_ site: SDC?) -> [Markup] {
        guard let windows = site?.maintenance, !windows.isEmpty else { return [] }
        return [
            .table(
                ["Maintenance from", "Until", "Available", "Announcement"],
                windows.map { window in
                    [
                        .text(window.window.start.iso8601), .text(window.window.end.iso8601),
                        .text("\(Int((100 * window.availability).rounded()))%"),
                        .text(window.summary),
                    ]
                })
        ]
    }
}
