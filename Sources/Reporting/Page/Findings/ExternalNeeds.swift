import GroundSegment

/// The data of ground surveys that the tiles' primaries have to fetch (C2), by SDC and survey.
struct ExternalNeeds {
    /// Tiles, and the data for them.
    struct Need: Hashable {
        var tiles = 0
        var volume = Terabytes.zero

        static func + (left: Need, right: Need) -> Need {
            Need(tiles: left.tiles + right.tiles, volume: left.volume + right.volume)
        }
    }

    /// Sorted.
    let surveys: [String]
    private let needs: [ID<SDC>: [String: Need]]

    init(_ distribution: Distribution) {
        let surveys = Set(distribution.sdcs.flatMap { $0.ingests.map(\.survey) }).sorted()
        var needs: [ID<SDC>: [String: Need]] = [:]
        for entry in distribution.tiles {
            for survey in surveys {
                let holders = distribution.sdcs.compactMap { sdc in
                    sdc.ingests.first {
                        $0.survey == survey && $0.region.contains(entry.tile.centre)
                    }.map { (sdc: sdc.id, volume: $0.volume) }
                }
                let primary = entry.assignment.primary
                guard let first = holders.first, !holders.contains(where: { $0.sdc == primary })
                else { continue }
                let need = needs[primary]?[survey] ?? Need()
                needs[primary, default: [:]][survey] =
                    need + Need(tiles: 1, volume: first.volume)
            }
        }
        self.surveys = surveys
        self.needs = needs
    }

    subscript(sdc: ID<SDC>, survey: String) -> Need { needs[sdc]?[survey] ?? Need() }

    func total(of survey: String) -> Need {
        needs.keys.sorted().reduce(Need()) { $0 + self[$1, survey] }
    }

    func total(at sdc: ID<SDC>) -> Need { surveys.reduce(Need()) { $0 + self[sdc, $1] } }
}
