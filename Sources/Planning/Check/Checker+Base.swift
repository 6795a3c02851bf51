import GroundSegment

extension Checker {
    /// The pairs of SDCs that the base gives to its items.
    var basePairs: [ItemID: Assignment] { precedent.base?.assignments ?? [:] }

    /// C3: the volume of each replica that leaves what has already arrived.
    func moved(_ assigned: [Assignment], _ tiles: [Assignment]) -> Terabytes {
        guard let freeze = planningCase.rules.freezeBefore else { return .zero }
        let pairs = basePairs
        func replicas(_ item: ItemID, _ now: Assignment) -> Double {
            guard let before = pairs[item] else { return 0 }
            return Double(Role.allCases.count { !before.contains(now[$0]) })
        }
        let processing = planningCase.processing
        var sum = Terabytes.zero
        for index in observations.indices where arrival[index] < freeze {
            let item = ItemID.observation(observations[index].id)
            let volume = processing.volume(ofKind: observations[index].kind)
            sum = sum + volume * replicas(item, assigned[index])
        }
        for index in overlaps.tiles.indices where ready[index] < freeze {
            let item = ItemID.tile(overlaps.tiles[index].id)
            let volume = processing.tileVolume(observations: coverage[index])
            sum = sum + volume * replicas(item, tiles[index])
        }
        return sum
    }
}
