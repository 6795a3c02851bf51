import GroundSegment

extension Checker {
    /// The pairs of SDCs that the base gives to its items.
    private var basePairs: [ItemID: Assignment] {
        guard let base = precedent.base?.distribution else { return [:] }
        let observations = base.observations.map {
            (ItemID.observation($0.observation.id), $0.assignment)
        }
        let tiles = base.tiles.map { (ItemID.tile($0.tile.id), $0.assignment) }
        return Dictionary(observations + tiles, uniquingKeysWith: { first, _ in first })
    }

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
            sum = sum + processing.observationVolume * replicas(item, assigned[index])
        }
        for index in overlaps.tiles.indices where ready[index] < freeze {
            let item = ItemID.tile(overlaps.tiles[index].id)
            sum = sum + processing.tileVolume * replicas(item, tiles[index])
        }
        return sum
    }

    /// H5: what is frozen and is not where the base has it.  What was at an SDC that is no longer
    /// there cannot be frozen.
    func frozenElsewhere(_ assigned: [Assignment], _ tiles: [Assignment]) -> [String] {
        let pairs = basePairs
        let known = Set(planningCase.sdcs.map(\.id))
        func breach(_ item: ItemID, _ now: Assignment, hasArrived: Bool) -> String? {
            guard hasArrived || precedent.taken.contains(item), let before = pairs[item],
                known.contains(before.primary), known.contains(before.secondary), before != now
            else { return nil }
            return "H5 \(item): frozen at \(before.primary) and \(before.secondary), is at"
                + " \(now.primary) and \(now.secondary)"
        }
        let freeze = planningCase.rules.freezeBefore
        return observations.indices.compactMap { index in
            breach(
                .observation(observations[index].id), assigned[index],
                hasArrived: freeze.map { arrival[index] < $0 } == true)
        }
            + overlaps.tiles.indices.compactMap { index in
                breach(.tile(overlaps.tiles[index].id), tiles[index], hasArrived: false)
            }
    }
}
