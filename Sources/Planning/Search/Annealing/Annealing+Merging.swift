/// Changes of all tiles of an observation that one SDC has.
///
/// Where the tiles of an observation have three owners, each observation of the place needs a copy.
/// To leave one of the owners, its tiles have to go together: one alone makes a fourth.  What that
/// does to the cells is left to the steps that follow.
extension Annealing {
    /// Gives the tiles of an observation that one of its owners has to another of them.
    func mergeOwners(of observation: Int) {
        let links = model.tilesOfStart[observation]..<model.tilesOfStart[observation + 1]
        let tiles = links.map { Int(model.tilesOf[Int($0)]) }.filter { mayChange[$0] }
        let owners = Set(tiles.map { Int(state.tilePrimary[$0]) }).sorted()
        guard owners.count > 1 else { return }
        let old = owners[random.below(owners.count)]
        let new = owners[random.below(owners.count)]
        guard new != old else { return }
        for tile in tiles where Int(state.tilePrimary[tile]) == old {
            give(tile, from: old, to: new)
        }
    }

    /// Gives a tile to another SDC, with the observations that gain by it.
    private func give(_ tile: Int, from old: Int, to new: Int) {
        let secondary = Int(state.tileSecondary[tile])
        let other = secondary == new ? old : secondary
        guard model.mayTilePrimary[tile] >> UInt64(new) & 1 == 1,
            model.mayTileSecondary[tile] >> UInt64(other) & 1 == 1
        else { return }
        state.place(tile: tile, primary: new, secondary: other)
        for link in model.links(ofTile: tile) where mayFollow[Int(model.observationsOf[link])] {
            followedCount = 0
            _ = follow(link..<link + 1, to: (new, other))
        }
        followedCount = 0
    }
}
