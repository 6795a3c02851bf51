/// Makes a distribution more compact where that costs nothing: a tile at a border goes to the
/// primary that most of its neighbours have, alone, as long as fewer pairs of neighbours differ
/// and nothing else becomes worse.
struct Compaction {
    private let state: SearchState
    private let model: SearchModel
    private let weights: SearchWeights

    /// What counts as nothing, TB: sums of decimals are not exact.
    private static let rounding = 1e-9

    /// - Parameter weights: what decides whether a move costs anything.
    init(_ state: SearchState, weights: SearchWeights) {
        self.state = state
        self.weights = weights
        model = state.model
    }

    /// Moves tiles until no move makes it more compact.
    func run() {
        var isSettled = false
        while !isSettled {
            isSettled = true
            for tile in 0..<model.tileCount where model.isOpenTile[tile] && improve(tile) {
                isSettled = false
            }
        }
    }

    /// Moves a tile to the neighbours' primary with which most borders vanish; whether it moved.
    private func improve(_ tile: Int) -> Bool {
        let old = (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile]))
        let sides = Int(model.neighboursStart[tile])..<Int(model.neighboursStart[tile + 1])
        let near = Set(sides.map { Int(state.tilePrimary[Int(model.neighbours[$0])]) })
        let choices = near.filter { $0 != old.0 }
            .map { (change: state.borderChange(tile, from: old.0, to: $0), primary: $0) }
            .filter { $0.change < 0 }.sorted { ($0.change, $0.primary) < ($1.change, $1.primary) }
        for (_, primary) in choices {
            let pair = (primary, primary == old.1 ? old.0 : old.1)
            guard model.permits(model.observationCount + tile, pair),
                state.change(
                    tile: tile, primary: pair.0, secondary: pair.1, weights: weights)
                    <= Self.rounding
            else { continue }
            state.place(tile: tile, primary: pair.0, secondary: pair.1)
            return true
        }
        return false
    }
}
