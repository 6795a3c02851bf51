import GroundSegment

/// H5, the checker's own reading of it.
extension Checker {
    /// The pins, prohibitions and frozen assignments that do not hold, one line each.
    func itemRules(_ assigned: [Assignment], _ tiles: [Assignment]) -> [String] {
        // Without them only what is frozen is left to look at, and there are many items.
        guard !planningCase.rules.pins.isEmpty || !planningCase.rules.prohibitions.isEmpty else {
            return frozenElsewhere(assigned, tiles)
        }
        var assignments: [ItemID: (Assignment, MJD)] = [:]
        for (index, observation) in observations.enumerated() {
            assignments[.observation(observation.id)] = (assigned[index], arrival[index])
        }
        for (index, tile) in overlaps.tiles.enumerated() {
            assignments[.tile(tile.id)] = (tiles[index], ready[index])
        }
        let pins = planningCase.rules.pins.compactMap { pin -> String? in
            guard let (assignment, instant) = assignments[pin.item], pin.binds(at: instant),
                assignment[pin.role] != pin.sdc
            else { return nil }
            return "H5 \(pin.item): pinned to \(pin.sdc) as \(pin.role.rawValue), is at"
                + " \(assignment[pin.role])"
        }
        let prohibitions = planningCase.rules.prohibitions.flatMap { rule -> [String] in
            switch rule.scope {
            case .item(let item):
                guard let (assignment, _) = assignments[item], assignment.contains(rule.sdc) else {
                    return []
                }
                return ["H5 \(item): forbidden at \(rule.sdc)"]
            case .kind(let kind):
                return observations.indices.filter {
                    observations[$0].kind == kind && assigned[$0].contains(rule.sdc)
                }.map {
                    "H5 observation \(observations[$0].id): \(kind) is forbidden at \(rule.sdc)"
                }
            }
        }
        return pins + prohibitions + frozenElsewhere(assigned, tiles)
    }

    /// H5: what is frozen and is not where the base has it.  What was at an SDC that is no longer
    /// there cannot be frozen.
    private func frozenElsewhere(_ assigned: [Assignment], _ tiles: [Assignment]) -> [String] {
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
