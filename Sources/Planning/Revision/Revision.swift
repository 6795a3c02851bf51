import GroundSegment

/// A problem's items beside the base that is revised: where each was, what may move, and what
/// moving costs.
///
/// What may move is what a change of the inputs can reach: all items of the buckets in which an
/// item, a target or a capacity is not what it was, and what overlaps their items.  The rest has
/// no reason to move and stays, so that the same inputs give the base itself.
struct Revision: Sendable {
    /// What stands for an SDC that is not there.
    static let nowhere = UInt8.max

    /// What an assignment costs to change in the search, in parts of S: a free move has to win a
    /// little more than S counts, and of equal ones for an item with a cause the base's is taken.
    static let reluctance = 1.3
    static let tieBreak = 0.1

    /// What is revised; `nil` where only earlier periods were planned.
    let baseline: Baseline?
    /// The SDCs in the base, or of earlier periods for a tile that is not in it.
    let primary: [UInt8]
    let secondary: [UInt8]
    /// Whether the search may change the item.
    let mayMove: [Bool]
    /// Whether the item is held where it is, whatever it costs (H5).
    let isFrozen: [Bool]
    /// TB for each assignment that is not the base's (S).
    let stability: [Double]
    /// TB for each replica that leaves what has already arrived (C3).
    let arrivedVolume: [Double]
    /// The part of the items that the base does not have.
    let newPart: Double

    /// - Parameters:
    ///   - inputs: what is planned from now.
    ///   - partners: what overlaps each item.
    init(
        _ planningCase: PlanningCase, inputs: PlanInputs, partners: Adjacency, precedent: Precedent
    ) {
        let items = inputs.items
        let baseline = precedent.base.map {
            $0.baseline(of: inputs, weights: planningCase.weights)
        }
        self.baseline = baseline
        let scope = baseline.map {
            RevisionScope(
                from: $0, to: inputs, partners: partners, weights: planningCase.weights)
        }
        let place = Dictionary(
            uniqueKeysWithValues: inputs.sdcs.enumerated().map { ($1.id, UInt8($0)) })
        let pairs = items.indices.map { item -> Assignment? in
            if let earlier = scope?.changes.earlier[item] { return baseline?.assignments[earlier] }
            guard case .tile(let id) = items.ids[item] else { return nil }
            return precedent.history.tiles[id]
        }
        let primary = pairs.map { pair in pair.flatMap { place[$0.primary] } ?? Self.nowhere }
        let secondary = pairs.map { pair in pair.flatMap { place[$0.secondary] } ?? Self.nowhere }
        let freeze = planningCase.rules.freezeBefore
        isFrozen = items.indices.map { item in
            guard scope?.changes.earlier[item] != nil, primary[item] != Self.nowhere,
                secondary[item] != Self.nowhere
            else { return false }
            let hasArrived =
                items.isObservation(item) && freeze.map { items.instants[item] < $0 } == true
            return hasArrived || precedent.taken.contains(items.ids[item])
        }
        let weight = planningCase.weights.stability
        stability = items.indices.map { item in
            let hasOwnCause = scope?.changes.own[item] != nil
            return weight * (hasOwnCause ? Self.tieBreak : Self.reluctance)
        }
        newPart =
            Double(pairs.count { $0 == nil }) / Double(max(1, pairs.count))
        let volume = ItemAmounts.volume(items, planningCase.processing)
        arrivedVolume = items.indices.map { item in
            guard scope?.changes.earlier[item] != nil, let freeze, items.instants[item] < freeze
            else { return 0 }
            return volume[item]
        }
        mayMove = scope?.isReached ?? Array(repeating: true, count: items.count)
        self.primary = primary
        self.secondary = secondary
    }

    /// The places of the SDCs of before; `nil` for an item that has not both.
    func pair(_ item: ItemIndex) -> (primary: Int, secondary: Int)? {
        guard primary[item] != Self.nowhere && secondary[item] != Self.nowhere else { return nil }
        return (Int(primary[item]), Int(secondary[item]))
    }

    /// What keeps the SDCs that it has, primary first.
    func frozen(_ sdcs: [SDC]) -> [ItemBindings.Frozen] {
        isFrozen.indices.filter { isFrozen[$0] }.flatMap { item in
            [
                ItemBindings.Frozen(
                    item: item, role: .primary, sdc: sdcs[Int(primary[item])].id),
                ItemBindings.Frozen(
                    item: item, role: .secondary, sdc: sdcs[Int(secondary[item])].id),
            ]
        }
    }
}
