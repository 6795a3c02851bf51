import GroundSegment
import LinearProgramming

/// Decides a case in which a search ended with a hard rule broken: by the integer program of the
/// hard rules, and a search from its solution that stays within them.
struct WholeItemCase<S: Solver> {
    let problem: Problem
    let bands: Bands
    let solver: S

    /// Steps of the search for each item: it begins near, and so few are enough.
    private static var stepsPerItem: Int { 2000 }

    /// Placements that keep the hard rules by the integer program's count, the best first.
    ///
    /// - Parameters:
    ///   - placement: what breaks a rule; as much of it as can be stays.
    ///   - threads: how many threads the search may use.
    /// - Returns: `nil` where the limit in nodes came first, and none where it is proven that no
    ///   distribution keeps the rules.
    func placements(
        near placement: Placement, threads: Int
    ) throws(SolverError) -> [Placement]? {
        let rules = HardRules(problem)
        switch try answer(rules) {
        case .infeasible: return []
        case .undecided: return nil
        case .feasible(let groups):
            let start = start(groups, near: placement)
            return [search(from: start, threads: threads), start]
        }
    }

    private enum Answer {
        case feasible([(items: [ItemIndex], counts: RoleCounts)])
        case infeasible
        case undecided
    }

    /// What the inputs can reach in a base is decided first, so that the rest stays; then
    /// everything that is not frozen.
    private func answer(_ rules: HardRules) throws(SolverError) -> Answer {
        let everything = rules.everything
        if let revision = problem.revision {
            let program = WholeItemProgram(
                rules, active: everything, scope: .period,
                allowed: problem.allowed.held(revision))
            if case .feasible(let counts) = try program.solve(solver) {
                return .feasible(zip(program.groups, counts).map { ($0.items, $1) })
            }
        }
        let program = WholeItemProgram(rules, active: everything, scope: .period)
        switch try program.solve(solver) {
        case .feasible(let counts):
            return .feasible(zip(program.groups, counts).map { ($0.items, $1) })
        case .infeasible: return .infeasible
        case .undecided: return .undecided
        }
    }

    /// The placement of counts in which as many items as can be have the pairs of `placement`.
    private func start(
        _ groups: [(items: [ItemIndex], counts: RoleCounts)], near placement: Placement
    ) -> Placement {
        var result = placement
        for (items, counts) in groups {
            let near = items.map { placement[$0] }
            for (item, pair) in zip(items, counts.pairs(near: near)) { result[item] = pair }
        }
        return result
    }

    /// The best of a search that begins cool at `start`: a breach of a hard rule costs more than
    /// any change can save then.
    private func search(from start: Placement, threads: Int) -> Placement {
        guard problem.openCount > 0 else { return start }
        let model = SearchModel(problem, bands: bands)
        let length = Self.stepsPerItem * model.itemCount
        let search = Search(
            model, placement: start, seed: problem.planningCase.options.seed, length: length,
            threads: threads, staysNear: true)
        _ = search.run(limit: length) { _ in nil }
        return search.settled(against: start)
    }
}
