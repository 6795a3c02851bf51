import GroundSegment

/// The external data that a tile's run would have to fetch, by tile and SDC (cost C2).
public struct ExternalCosts: Sendable {
    /// The distinct rows of costs in TB by SDC: tiles covered alike share one.
    public let rows: [[Double]]
    /// The row of each tile, and the number of the first of them.
    private let rowOf: [Int]
    private let firstTile: ItemIndex

    /// - Parameters:
    ///   - tiles: the tiles in their order.
    ///   - firstTile: the number of the first of them.
    init(tiles: [Tile], from firstTile: ItemIndex, sdcs: [SDC]) {
        self.firstTile = firstTile
        let surveys = Set(sdcs.flatMap { $0.ingests.map(\.survey) }).sorted()
        var rows: [[Double]] = []
        var known: [[Double]: Int] = [:]
        rowOf = tiles.map { tile in
            var costs = [Double](repeating: 0, count: sdcs.count)
            for survey in surveys {
                let holders = sdcs.map { sdc in
                    sdc.ingests.first { $0.survey == survey && $0.region.contains(tile.centre) }
                }
                guard let volume = holders.lazy.compactMap({ $0?.volume.value }).first else {
                    continue
                }
                for (sdc, holder) in holders.enumerated() where holder == nil {
                    costs[sdc] += volume
                }
            }
            if let row = known[costs] { return row }
            known[costs] = rows.count
            rows.append(costs)
            return rows.count - 1
        }
        self.rows = rows
    }

    /// The row of a tile.
    public func row(of tile: ItemIndex) -> Int { rowOf[tile - firstTile] }

    /// Cost in TB of `tile` at `sdc`.
    public subscript(tile: ItemIndex, sdc: Int) -> Double { rows[row(of: tile)][sdc] }
}
