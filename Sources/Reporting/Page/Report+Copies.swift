import GroundSegment
import Markup
import Planning

extension Report {
    /// Copies by source and destination; beside them those for failover, and external data.
    var copies: Fragment {
        let measures = plan.measures
        let made =
            measures.copyCount == 0
            ? paragraph("None: every owner of a tile holds a replica of its observations.")
            : matrix(
                "Copies for MER from primary (row) to the tile's owner (column)", measures.copies)
        return section(
            "Copies",
            [
                paragraph(
                    "Observations whose frames have to be copied for the tile pipeline, \(volumes):"
                        + " rows are the primary that sends them, columns the tile owner"
                        + " that receives them. \(finding(measures.copies))"),
                made,
                matrix(
                    "Copies that failover would need, from primary (row) to the tile's secondary"
                        + " (column), of observations of this period", failover),
                external,
            ])
    }

    /// What an observation's frames take: `0.045 TB each`, or from the smallest kind to the largest.
    private var volumes: String {
        let processing = plan.distribution.processing
        let all = Set(plan.distribution.observations.map { processing.volume(of: $0).value })
        let least = all.min() ?? processing.observationVolume.value
        let most = all.max() ?? least
        let smallest = NumberText.grouped(least, 3)
        return least == most
            ? "\(smallest) TB each" : "\(smallest) to \(NumberText.grouped(most, 3)) TB by kind"
    }

    private func finding(_ routes: [CopyRoute: Int]) -> String {
        guard
            let most = routes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
        else { return "" }
        return "Most go from \(most.key.from) to \(most.key.to):"
            + " \(NumberText.grouped(most.value)) of \(NumberText.grouped(plan.measures.copyCount))."
    }

    /// What the tiles' secondaries would need (F).
    private var failover: [CopyRoute: Int] {
        var owners: [ID<Observation>: Set<ID<SDC>>] = [:]
        for tile in plan.distribution.tiles {
            for overlap in tile.overlaps {
                owners[overlap.observation, default: []].insert(tile.assignment.secondary)
            }
        }
        var routes: [CopyRoute: Int] = [:]
        for entry in plan.distribution.observations {
            for sdc in owners[entry.observation.id] ?? [] where !entry.assignment.contains(sdc) {
                routes[CopyRoute(from: entry.assignment.primary, to: sdc), default: 0] += 1
            }
        }
        return routes
    }

    private func matrix(_ caption: String, _ routes: [CopyRoute: Int]) -> Fragment {
        let ids = plan.distribution.sdcs.map(\.id)
        let most = Double(max(1, routes.values.max() ?? 1))
        func sum(_ test: (CopyRoute) -> Bool) -> Int {
            routes.reduce(0) { $0 + (test($1.key) ? $1.value : 0) }
        }
        let rows = ids.enumerated().map { place, from in
            CaptionedTable.Row(
                [.coloured(from.text, colour: colours[place])]
                    + ids.map { to in
                        let count = routes[CopyRoute(from: from, to: to)] ?? 0
                        let text = from == to ? "–" : count == 0 ? "" : NumberText.grouped(count)
                        return .heat(text, depth: Double(count) / most)
                    } + [.number(NumberText.grouped(sum { $0.from == from }))])
        }
        let totals = CaptionedTable.Row(
            [.label("All")] + ids.map { to in .number(NumberText.grouped(sum { $0.to == to })) }
                + [.number(NumberText.grouped(sum { _ in true }))], isTotal: true)
        return CaptionedTable(
            caption: caption, header: ["From \\ to"] + ids.map(\.text) + ["All"],
            rows: rows + [totals]
        ).fragment
    }

    /// External data that the SDCs have to fetch for their tiles, by ground survey.
    private var external: Fragment {
        let needs = ExternalNeeds(plan.distribution)
        guard !needs.surveys.isEmpty else { return [] }
        func cell(_ need: ExternalNeeds.Need) -> CaptionedTable.Row.Cell {
            .number(
                need.tiles == 0
                    ? "–"
                    : "\(NumberText.grouped(need.volume.value, 2))"
                        + " (\(NumberText.grouped(need.tiles)))")
        }
        let rows = plan.distribution.sdcs.enumerated().map { place, sdc in
            CaptionedTable.Row(
                [.coloured(sdc.id.text, colour: colours[place])]
                    + needs.surveys.map { cell(needs[sdc.id, $0]) }
                    + [cell(needs.total(at: sdc.id))])
        }
        let all = needs.surveys.reduce(ExternalNeeds.Need()) { $0 + needs.total(of: $1) }
        let totals = CaptionedTable.Row(
            [.label("All")] + needs.surveys.map { cell(needs.total(of: $0)) } + [cell(all)],
            isTotal: true)
        return CaptionedTable(
            caption: "External data that primaries have to fetch for their tiles, TB (and tiles)",
            header: ["SDC"] + needs.surveys + ["All"], rows: rows + [totals]
        ).fragment
    }
}
