/// Changes by an item's number, where speed is not what counts: the lanes have observations and
/// tiles apart.
extension SearchState {
    /// Where an item is.
    func pair(_ item: ItemIndex) -> (primary: Int, secondary: Int) {
        guard !model.isObservation(item) else {
            return (Int(observationPrimary[item]), Int(observationSecondary[item]))
        }
        let tile = model.tile(item)
        return (Int(tilePrimary[tile]), Int(tileSecondary[tile]))
    }

    /// By how much objective and penalty change when an item gets other SDCs, in TB.
    func change(
        _ item: ItemIndex, _ pair: (primary: Int, secondary: Int), weights: SearchWeights
    ) -> Double {
        model.isObservation(item)
            ? change(
                observation: item, primary: pair.primary, secondary: pair.secondary,
                weights: weights)
            : change(
                tile: model.tile(item), primary: pair.primary, secondary: pair.secondary,
                weights: weights)
    }

    /// Gives an item other SDCs.
    func place(_ item: ItemIndex, _ pair: (primary: Int, secondary: Int)) {
        if model.isObservation(item) {
            place(observation: item, primary: pair.primary, secondary: pair.secondary)
        } else {
            place(tile: model.tile(item), primary: pair.primary, secondary: pair.secondary)
        }
    }
}

extension SearchModel {
    func isObservation(_ item: ItemIndex) -> Bool { item < observationCount }

    /// The place of a tile in the lanes.
    func tile(_ item: ItemIndex) -> Int { item - observationCount }

    func bucket(_ item: ItemIndex) -> Int {
        Int(isObservation(item) ? observationBucket[item] : tileBucket[tile(item)])
    }

    /// Whether the rules allow an item a pair of SDCs.
    func permits(_ item: ItemIndex, _ pair: (primary: Int, secondary: Int)) -> Bool {
        let (primary, secondary) =
            isObservation(item)
            ? (mayObservationPrimary[item], mayObservationSecondary[item])
            : (mayTilePrimary[tile(item)], mayTileSecondary[tile(item)])
        return primary >> UInt64(pair.primary) & 1 == 1
            && secondary >> UInt64(pair.secondary) & 1 == 1
    }
}
