import GroundSegment

extension Feasibility {
    /// What leaves an item no pair of SDCs, each rule by its name.
    static func itemsWithoutPair(_ problem: Problem) -> [String] {
        let stuck = problem.items.indices.filter { !problem.allowed.leavesPair($0) }
        guard !stuck.isEmpty else { return [] }
        let reader = ItemObstacles(problem)
        return stuck.map(reader.obstacle)
    }
}

/// Names the rules that leave single items no pair of SDCs.
private struct ItemObstacles {
    private let problem: Problem
    private let bindings: [ItemIndex: ItemBinding]

    init(_ problem: Problem) {
        self.problem = problem
        bindings = problem.bindings.byItem
    }

    func obstacle(_ item: ItemIndex) -> String {
        let items = problem.items
        let (id, instant) = (items.ids[item], items.instants[item])
        let outages = items.isObservation(item) ? outages(at: instant) : []
        if outages.count == problem.sdcs.count {
            return "H4 \(id): every SDC is in a full outage at its arrival, \(instant)"
        }
        var reasons = holds(item) + bans(item)
        let lack: String
        if problem.allowed.primary[item] == 0 {
            lack = "no primary is left"
            reasons += outages.map {
                "\($0) is in a full outage at its arrival, \(instant)"
            }
        } else if problem.allowed.secondary[item] == 0 {
            lack = "no secondary is left"
        } else {
            lack = "only one SDC is left for primary and secondary"
        }
        return "H5 \(id): \(lack): \(reasons.joined(separator: "; "))"
    }

    private func outages(at instant: MJD) -> [ID<SDC>] {
        problem.sdcs.filter { $0.availability(at: instant) <= 0 }.map(\.id)
    }

    /// What binds the item to SDCs.
    private func holds(_ item: ItemIndex) -> [String] {
        let binding = bindings[item]
        var reasons: [String] = []
        if let sdc = binding?.primary { reasons.append("pinned to \(sdc) as primary") }
        if let sdc = binding?.secondary { reasons.append("pinned to \(sdc) as secondary") }
        if let revision = problem.revision, revision.isFrozen[item] {
            let primary = problem.sdcs[Int(revision.primary[item])].id
            let secondary = problem.sdcs[Int(revision.secondary[item])].id
            reasons.append("frozen at \(primary) and \(secondary)")
        }
        return reasons
    }

    private func bans(_ item: ItemIndex) -> [String] {
        bindings[item]?.forbidden.sorted().map { "forbidden at \($0)" } ?? []
    }
}
