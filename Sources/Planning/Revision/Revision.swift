import GroundSegment

/// A problem's items beside the base that is revised: where each was, what may move, and what
/// moving costs.
///
/// Items are numbered with the observations first.  What may move is what a change of the inputs
/// can reach: all items of the buckets in which an item, a target or a capacity is not what it
/// was, and what overlaps their items.  The rest has no reason to move and stays, so that the
/// same inputs give the base itself.
struct Revision: Sendable {
    /// What stands for an SDC that is not there.
    static let nowhere = UInt8.max

    /// What an assignment costs to change in the search, in parts of S: a free move has to win a
    /// little more than S counts, and of equal ones for an item with a cause the base's is taken.
    static let reluctance = 1.3
    static let tieBreak = 0.1

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

    init(_ problem: Problem, precedent: Precedent) {
        let inputs = PlanInputs(problem)
        let scope = precedent.base.map { RevisionScope(from: $0, to: inputs, problem: problem) }
        let before = precedent.base?.assignments ?? []
        let place = Dictionary(
            uniqueKeysWithValues: problem.sdcs.enumerated().map { ($1.id, UInt8($0)) })
        let pairs = inputs.items.indices.map { index -> Assignment? in
            if let earlier = scope?.changes.earlier[index] { return before[earlier] }
            guard case .tile(let id) = inputs.items[index].id else { return nil }
            return precedent.history.tiles[id]
        }
        let primary = pairs.map { pair in pair.flatMap { place[$0.primary] } ?? Self.nowhere }
        let secondary = pairs.map { pair in pair.flatMap { place[$0.secondary] } ?? Self.nowhere }
        let freeze = problem.planningCase.rules.freezeBefore
        isFrozen = inputs.items.indices.map { index in
            guard scope?.changes.earlier[index] != nil, primary[index] != Self.nowhere,
                secondary[index] != Self.nowhere
            else { return false }
            let item = inputs.items[index]
            let hasArrived = item.isObservation && freeze.map { item.instant < $0 } == true
            return hasArrived || precedent.taken.contains(item.id)
        }
        let weight = problem.planningCase.weights.stability
        stability = inputs.items.indices.map { index in
            let hasOwnCause = scope?.changes.own[index] != nil
            return weight * (hasOwnCause ? Self.tieBreak : Self.reluctance)
        }
        newPart =
            Double(pairs.count { $0 == nil }) / Double(max(1, pairs.count))
        let processing = problem.processing
        arrivedVolume = inputs.items.indices.map { index in
            guard scope?.changes.earlier[index] != nil, let freeze,
                inputs.items[index].instant < freeze
            else { return 0 }
            return
                (inputs.items[index].isObservation
                ? processing.observationVolume : processing.tileVolume).value
        }
        mayMove = scope?.isReached ?? Array(repeating: true, count: inputs.items.count)
        self.primary = primary
        self.secondary = secondary
    }

    /// Whether an item has both its SDCs of before.
    func isPlaced(_ index: Int) -> Bool {
        primary[index] != Self.nowhere && secondary[index] != Self.nowhere
    }
}
