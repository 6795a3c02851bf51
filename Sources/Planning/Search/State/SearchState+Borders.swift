/// How compact the tiles' primaries are: pairs of neighbouring tiles that have different ones.
extension SearchState {
    /// The places of a tile's neighbours in the model's list.
    @inline(__always)
    private func sides(_ tile: Int) -> Range<Int> {
        Range(
            uncheckedBounds: (
                Int(model.neighboursStart[tile]), Int(model.neighboursStart[tile + 1])
            ))
    }

    /// By how much the borders change when a tile gets another primary.
    @inline(__always)
    func borderChange(_ tile: Int, from old: Int, to new: Int) -> Int {
        var change = 0
        for side in sides(tile) {
            let primary = Int(tilePrimary[Int(model.neighbours[side])])
            change += (primary == old ? 1 : 0) - (primary == new ? 1 : 0)
        }
        return change
    }

    /// The same when two tiles exchange their primaries: between themselves nothing changes.
    @inline(__always)
    func borderChange(
        exchange tile: Int, _ primary: Int, with other: Int, _ otherPrimary: Int
    ) -> Int {
        let change =
            borderChange(tile, from: primary, to: otherPrimary)
            + borderChange(other, from: otherPrimary, to: primary)
        let areSideBySide = sides(tile).contains { Int(model.neighbours[$0]) == other }
        return areSideBySide && primary != otherPrimary ? change + 2 : change
    }

    /// The borders where they cost anything, counted afresh.
    func countedBorders() -> Int {
        guard model.borderCost > 0 else { return 0 }
        let all = (0..<model.tileCount).reduce(0) { sum, tile in
            sum + sides(tile).count { tilePrimary[Int(model.neighbours[$0])] != tilePrimary[tile] }
        }
        return all / 2
    }
}
