import GroundSegment

/// Finds the items to which the rules leave no pair of SDCs, each with what binds it.
struct ItemObstacles {
    private let problem: Problem
    private let bindings: [ItemIndex: ItemBinding]

    /// The items of a problem in their order; none where each is left a pair.
    static func all(_ problem: Problem) -> [Obstacle] {
        let stuck = problem.items.indices.filter { !problem.allowed.leavesPair($0) }
        guard !stuck.isEmpty else { return [] }
        let obstacles = ItemObstacles(problem: problem, bindings: problem.bindings.byItem)
        return stuck.map(obstacles.obstacle)
    }

    private func obstacle(_ item: ItemIndex) -> Obstacle {
        let items = problem.items
        let (id, instant) = (items.ids[item], items.instants[item])
        let outages = items.isObservation(item) ? outages(at: instant) : []
        if outages.count == problem.sdcs.count { return .allOut(id, arrival: instant) }
        let binding = bindings[item]
        return .noPair(
            Obstacle.NoPair(
                item: id, instant: instant, lack: lack(item), primaryPin: binding?.primary,
                secondaryPin: binding?.secondary, frozen: frozen(item),
                forbidden: binding?.forbidden.sorted() ?? [], outages: outages))
    }

    private func lack(_ item: ItemIndex) -> Obstacle.NoPair.Lack {
        if problem.allowed.primary[item] == 0 { return .primary }
        return problem.allowed.secondary[item] == 0 ? .secondary : .second
    }

    private func frozen(_ item: ItemIndex) -> Assignment? {
        guard let revision = problem.revision, revision.isFrozen[item],
            let pair = revision.pair(item)
        else { return nil }
        return Assignment(
            primary: problem.sdcs[pair.primary].id, secondary: problem.sdcs[pair.secondary].id)
    }

    private func outages(at instant: MJD) -> [ID<SDC>] {
        problem.sdcs.filter { $0.availability(at: instant) <= 0 }.map(\.id)
    }
}
