import GroundSegment

extension Feasibility {
    /// What leaves an item no pair of SDCs, each rule by its name.
    static func itemsWithoutPair(_ problem: Problem) -> [String] {
        let allowed = problem.allowed
        let masks =
            Array(zip(allowed.observationPrimary, allowed.observationSecondary))
            + Array(zip(allowed.tilePrimary, allowed.tileSecondary))
        let stuck = masks.indices.filter { index in
            let (primary, secondary) = masks[index]
            let isAlone = primary == secondary && primary.nonzeroBitCount == 1
            return primary == 0 || secondary == 0 || isAlone
        }
        guard !stuck.isEmpty else { return [] }
        let reader = ItemObstacles(problem)
        return stuck.map { reader.obstacle($0, masks[$0].0, masks[$0].1) }
    }
}

/// Names the rules that leave single items no pair of SDCs.
private struct ItemObstacles {
    private let problem: Problem
    private let inputs: PlanInputs
    private let rules: ItemRuleIndex

    init(_ problem: Problem) {
        self.problem = problem
        inputs = PlanInputs(problem)
        rules = ItemRuleIndex(inputs.rules)
    }

    func obstacle(_ index: Int, _ primaries: UInt64, _ secondaries: UInt64) -> String {
        let item = inputs.items[index]
        let outages = item.isObservation ? outages(at: item.instant) : []
        if outages.count == problem.sdcs.count {
            return "H4 \(item.id): every SDC is in a full outage at its arrival, \(item.instant)"
        }
        var reasons = holds(index) + bans(item)
        let lack: String
        if primaries == 0 {
            lack = "no primary is left"
            reasons += outages.map {
                "\($0) is in a full outage at its arrival, \(item.instant)"
            }
        } else if secondaries == 0 {
            lack = "no secondary is left"
        } else {
            lack = "only one SDC is left for primary and secondary"
        }
        return "H5 \(item.id): \(lack): \(reasons.joined(separator: "; "))"
    }

    private func outages(at instant: MJD) -> [ID<SDC>] {
        problem.sdcs.filter { $0.availability(at: instant) <= 0 }.map(\.id)
    }

    /// What binds the item to SDCs.
    private func holds(_ index: Int) -> [String] {
        let binding = rules.binding(inputs.items[index])
        var reasons: [String] = []
        if let sdc = binding.primary { reasons.append("pinned to \(sdc) as primary") }
        if let sdc = binding.secondary { reasons.append("pinned to \(sdc) as secondary") }
        if let revision = problem.revision, revision.isFrozen[index] {
            let primary = problem.sdcs[Int(revision.primary[index])].id
            let secondary = problem.sdcs[Int(revision.secondary[index])].id
            reasons.append("frozen at \(primary) and \(secondary)")
        }
        return reasons
    }

    private func bans(_ item: PlanInputs.Item) -> [String] {
        rules.binding(item).forbidden.sorted().map { "forbidden at \($0)" }
    }
}
