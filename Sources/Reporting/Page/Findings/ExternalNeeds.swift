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
    private let sdcs: [SDC]
    private var needs: [ID<SDC>: [String: Need]] = [:]

    init(_ distribution: Distribution) {
        surveys = Set(distribution.sdcs.flatMap { $0.ingests.map(\.survey) }).sorted()
        sdcs = distribution.sdcs
        for entry in distribution.tiles {
            for (survey, volume) in fetched(for: entry) {
                let need = self[entry.assignment.primary, survey]
                needs[entry.assignment.primary, default: [:]][survey] =
                    need + Need(tiles: 1, volume: volume)
            }
        }
    }

    /// The surveys whose data a tile's primary has to fetch, with their volume.
    func fetched(for entry: AssignedTile) -> [(survey: String, volume: Terabytes)] {
        surveys.compactMap { survey in
            let holders = sdcs.compactMap { sdc in
                sdc.ingests.first {
                    $0.survey == survey && $0.region.contains(entry.tile.centre)
                }.map { (sdc: sdc.id, volume: $0.volume) }
            }
            guard let first = holders.first,
                !holders.contains(where: { $0.sdc == entry.assignment.primary })
            else { return nil }
            return (survey, first.volume)
        }
    }

    /// The data that a tile's primary has to fetch for it.
    func volume(for entry: AssignedTile) -> Terabytes {
        fetched(for: entry).reduce(.zero) { $0 + $1.volume }
    }

    subscript(sdc: ID<SDC>, survey: String) -> Need { needs[sdc]?[survey] ?? Need() }

    func total(of survey: String) -> Need {
        needs.keys.sorted().reduce(Need()) { $0 + self[$1, survey] }
    }

    func total(at sdc: ID<SDC>) -> Need { surveys.reduce(Need()) { $0 + self[sdc, $1] } }
}
