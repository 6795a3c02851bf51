import GroundSegment

/// The volumes that are moved and the limits of what may be, as the search reads them (H6).
///
/// Volumes are multiples of a number so small that it does not matter, of which all sums are
/// exact: a change that is tried and taken back leaves every sum as it was.
struct TransferModel: ~Copyable {
    /// Whether anything is limited; the lanes are empty where nothing is.
    let isLimited: Bool
    /// The most that keeps H6, TB, by bucket * the number of SDCs + SDC.
    let mostIn: Lane<Double>
    let mostOut: Lane<Double>
    /// TB of an observation, those of earlier periods behind this one's, and of a tile.
    let observation: Lane<Double>
    let tile: Lane<Double>
    /// TB by cover row and SDC.
    let external: Lane<Double>

    init(_ problem: Problem, earlier: EarlierObservations) {
        guard let limits = problem.transferLimits else {
            isLimited = false
            mostIn = Lane([])
            mostOut = Lane([])
            observation = Lane([])
            tile = Lane([])
            external = Lane([])
            return
        }
        isLimited = true
        mostIn = Lane(limits.inward.map(HardLimit.most))
        mostOut = Lane(limits.outward.map(HardLimit.most))
        let items = problem.items
        let observations =
            items.observations.map { problem.volume[$0] }
            + earlier.extraVolumes.map { problem.volume.observation + $0 }
        let tiles = items.tiles.map { problem.volume[$0] }
        let rows = problem.external.rows.flatMap { $0 }
        // Every SDC may need a copy of every observation, and the external data of every tile.
        let most =
            (observations.reduce(0, +) + tiles.reduce(0, +)
                + Double(tiles.count) * (rows.max() ?? 0)) * Double(problem.sdcs.count + 1)
        let unit = Double(sign: .plus, exponent: max(most, 1e-12).exponent - 50, significand: 1)
        func rounded(_ volumes: [Double]) -> Lane<Double> {
            Lane(volumes.map { ($0 / unit).rounded() * unit })
        }
        observation = rounded(observations)
        tile = rounded(tiles)
        external = rounded(rows)
    }
}
