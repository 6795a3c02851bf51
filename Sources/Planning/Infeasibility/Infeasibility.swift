public import GroundSegment
public import LinearProgramming

/// Why no distribution satisfies the hard rules of a case, and what would help.
///
/// Conflicts are proven: the linear program of the rules has no solution, so that no
/// distribution has one, or, where it has one, the integer program of them has none.  That the relaxed case is feasible is confirmed by a search that found a
/// distribution without a breach.
public struct Infeasibility: Sendable {
    public let planningCase: PlanningCase
    /// Each conflict with what takes it away, given that the conflicts before it are gone.
    public let relaxations: [Relaxation]
    /// All changes that together make the case feasible.
    public let changes: [CaseChange]
    /// Whether a search found a distribution of the changed case that breaks no hard rule.
    public let isConfirmed: Bool
    /// Whether the limit came before everything was tried: there may be more conflicts, and smaller
    /// changes.
    public let isCutShort: Bool

    /// More conflicts than these are not looked for.
    private static let mostConflicts = 40
    /// More alternatives of a conflict than these are not tried.
    private static let mostAlternatives = 8

    /// What is in conflict in `problem`; `nil` where neither its linear nor its integer programs
    /// prove that the hard rules cannot hold.
    ///
    /// - `error`: what planning the problem ended with, where it was planned: what that
    ///   has proven is not solved again.
    /// - `limit`: how long changes are looked for, besides the first conflict; a program
    ///   that is being solved is solved to its end.
    /// - Throws: `SolverError` where the solver of the linear programs fails.
    public init?(
        _ problem: Problem, after error: PlanningError? = nil, solver: some Solver,
        limit: RelaxationLimit = .none
    ) throws(SolverError) {
        let planningCase = problem.planningCase
        let rules = HardRules(problem)
        var found: [Relaxation] = []
        switch error {
        case .conflict(let conflict):
            found = try Self.relaxations(
                rules, .parts, first: conflict, solver: solver, limit: limit)
        case .indivisible: break
        case .obstructed, .undecided, .solver, nil:
            found = try Self.relaxations(rules, .parts, solver: solver, limit: limit)
        }
        if found.isEmpty {
            found = try Self.relaxations(rules, .whole, solver: solver, limit: limit)
        }
        guard !found.isEmpty else { return nil }
        let trial = Trial(problem: problem, solver: solver, limit: limit)
        let chosen = Self.merged(found.flatMap(\.changes), from: planningCase)
        let confirmed =
            found.allSatisfy { !$0.changes.isEmpty } ? trial.confirmed(chosen, beside: []) : nil
        let changes = confirmed ?? chosen
        self.planningCase = planningCase
        self.changes = changes
        isConfirmed = confirmed != nil
        var relaxations: [Relaxation] = []
        for relaxation in found {
            let own = relaxation.changes.map { change in
                changes.first { $0.isLike(change) } ?? change
            }
            let others = changes.filter { !own.contains($0) }
            relaxations.append(
                Relaxation(
                    conflict: relaxation.conflict, changes: own,
                    alternatives: relaxation.alternatives.prefix(Self.mostAlternatives)
                        .compactMap { trial.confirmed($0, beside: others) }))
        }
        self.relaxations = relaxations
        isCutShort = limit.isOver
    }

    /// The conflicts one after the other, each with its smallest change and untried alternatives.
    ///
    /// - Parameter known: the first, where it is known.
    private static func relaxations(
        _ rules: HardRules, _ counting: ItemCounting, first known: Conflict? = nil,
        solver: some Solver, limit: RelaxationLimit
    ) throws(SolverError) -> [Relaxation] {
        var relaxations: [Relaxation] = []
        var rules = rules
        var known: Conflict? = known
        while relaxations.count < mostConflicts, relaxations.isEmpty || !limit.isOver {
            let search = ConflictSearch(
                rules: rules, solver: solver, counting: counting, limit: limit)
            let next = if let known { known } else { try search.first() }
            guard let conflict = next else { break }
            known = nil
            var options: [[CaseChange]] = []
            for amongAll in [true, false] where options.isEmpty {
                options = try RelaxationSearch(
                    rules, conflict: conflict, solver: solver, amongAll: amongAll, limit: limit
                ).changes()
            }
            relaxations.append(
                Relaxation(
                    conflict: conflict, changes: options.first ?? [],
                    alternatives: Array(options.dropFirst())))
            guard let smallest = options.first else { break }
            rules = rules.changed(by: smallest)
        }
        return relaxations
    }

    /// The changes without those that a later one replaces.
    private static func merged(
        _ changes: [CaseChange], from planningCase: PlanningCase
    ) -> [CaseChange] {
        changes.indices.filter { place in
            !changes[(place + 1)...].contains { $0.isLike(changes[place]) }
        }.map { changes[$0] }
    }
}

extension CaseChange {
    /// Whether both set the same value, or are the same.
    func isLike(_ other: CaseChange) -> Bool {
        switch (self, other) {
        case (.cores(let left, _), .cores(let right, _)): left == right
        case (.storage(let left, _), .storage(let right, _)): left == right
        case (.rate(let left, let one, _), .rate(let right, let other, _)):
            left == right && one == other
        default: self == other
        }
    }
}

/// Tries whether a changed case has a distribution without a breach of a hard rule.
private struct Trial<S: Solver> {
    let problem: Problem
    let solver: S
    let limit: RelaxationLimit

    /// Steps of a trial for each item: few first, which mostly are enough.
    private static var stepsPerItem: [Int] { [100, 1500] }

    /// The changes, with cores and storage raised as much more as whole items need; `nil` where
    /// no search confirmed them.
    func confirmed(_ changes: [CaseChange], beside others: [CaseChange]) -> [CaseChange]? {
        for more in [0.0, 0.01, 0.03, 0.07, 0.15, 0.3] {
            let tried = changes.map { loosened($0, by: more) }
            if isFeasible(others + tried) { return tried }
            if tried == changes, more > 0 { return nil }
        }
        return nil
    }

    private func isFeasible(_ changes: [CaseChange]) -> Bool {
        for steps in Self.stepsPerItem {
            guard !limit.isOver else { return false }
            do throws(PlanningError) {
                try plan(changes, stepsPerItem: steps)
                return true
            } catch {
                // Only where nothing is decided, more steps may help.
                guard case .undecided = error else { return false }
            }
        }
        return false
    }

    private func plan(_ changes: [CaseChange], stepsPerItem: Int) throws(PlanningError) {
        var options = problem.planningCase.options
        options.effort = .quick
        options.steps = stepsPerItem * problem.items.count
        options.timeLimit = nil
        let changed = problem.planningCase.applying(changes).with(options: options)
        var timings = StageTimings()
        // Overlaps name observations by their place, which is another where some are postponed.
        let isSameOrder = CaseChange.postponed(by: changes).isEmpty
        _ = try Planner(solver: solver).plan(
            isSameOrder
                ? Problem(changed, overlaps: problem.overlaps, precedent: problem.precedent)
                : Problem(changed, precedent: problem.precedent), timings: &timings,
            watch: { _ in limit.isOver ? .time : nil })
    }

    private func loosened(_ change: CaseChange, by part: Double) -> CaseChange {
        guard let old = problem.sdcs.first(where: { $0.id == change.sdc }) else { return change }
        switch change {
        case .cores(let sdc, let value): return .cores(sdc, value + part * old.cores)
        case .storage(let sdc, let value): return .storage(sdc, value + old.storage * part)
        case .rate(let sdc, let direction, let value):
            return .rate(sdc, direction, value * (1 + part))
        default: return change
        }
    }
}
