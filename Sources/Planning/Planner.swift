import GroundSegment
public import LinearProgramming

/// Plans a case: linear programs for the bound and the shares, then the integer search on the
/// exact cost, then the check.  Where the search ends with a hard rule broken, an integer program
/// of the hard rules decides whether there is a plan, and the search goes on from its solution.
public struct Planner<S: Solver>: Sendable {
    private let solver: S
    private let threads: Int

    /// - `threads`: how many threads the search may use, 1 or 2; its result does not
    ///   depend on them.
    public init(solver: S, threads: Int = 2) {
        self.solver = solver
        self.threads = threads
    }

    /// The best distribution found for `problem` with its case's options.
    ///
    /// The same problem and options give the same plan, unless `watch` or a time limit stops the
    /// search early.
    ///
    /// - `watch`: asked some times a second how the search stands; returns a reason to
    ///   stop it, or `nil`.
    /// - Throws: `PlanningError` where no distribution satisfies the hard rules, or where that
    ///   stays undecided.
    public func plan(
        _ problem: Problem, timings: inout StageTimings,
        watch: (SearchProgress) -> SearchStop? = { _ in nil }
    ) throws(PlanningError) -> Plan {
        let obstacles = Feasibility.obstacles(problem)
        guard obstacles.isEmpty else { throw .obstructed(obstacles) }
        let conflict = try timings.measure("rules") { () throws(PlanningError) in
            try solving { () throws(SolverError) in
                try Feasibility.conflict(problem, solver: solver)
            }
        }
        if let conflict { throw .conflict(conflict) }
        let bands = Bands(problem)
        let bound = try timings.measure("linear program") { () throws(PlanningError) in
            try solving { () throws(SolverError) in
                try Bound.solve(problem, bands: bands, solver: solver)
            }
        }
        let (placement, record) = timings.measure("search") {
            search(problem, bands: bands, bound: bound, watch: watch)
        }
        let plan = timings.measure("check") {
            Plan(problem, placement: placement, bound: bound.cost, search: record)
        }
        guard !plan.measures.violations.isEmpty else { return plan }
        return try timings.measure("integer program") { () throws(PlanningError) in
            try wholeItems(problem, bands: bands, bound: bound, insteadOf: plan, placement, record)
        }
    }

    /// The plan of a case whose search ended with a hard rule broken.
    ///
    /// - Throws: `PlanningError` where there is none, or where that stays undecided.
    func wholeItems(
        _ problem: Problem, bands: Bands, bound: Bound, insteadOf broken: Plan,
        _ placement: Placement, _ record: SearchRecord
    ) throws(PlanningError) -> Plan {
        let breaches = broken.measures.violations
        let found = try solving { () throws(SolverError) in
            try WholeItemCase(problem: problem, bands: bands, solver: solver)
                .placements(near: placement, threads: threads)
        }
        guard let found else { throw .undecided(breaches) }
        guard !found.isEmpty else { throw .indivisible(breaches) }
        for placement in found {
            let plan = Plan(problem, placement: placement, bound: bound.cost, search: record)
            if plan.measures.violations.isEmpty { return plan }
        }
        throw .undecided(breaches)
    }

    private func solving<Value>(
        _ work: () throws(SolverError) -> Value
    ) throws(PlanningError) -> Value {
        do throws(SolverError) { return try work() } catch { throw .solver(error) }
    }

    private func search(
        _ problem: Problem, bands: Bands, bound: Bound, watch: (SearchProgress) -> SearchStop?
    ) -> (Placement, SearchRecord) {
        let options = problem.planningCase.options
        let fresh = StartingPoint(problem).placement(bound.shares)
        let start =
            problem.revision.map { RevisedStart(problem, revision: $0).placement(over: fresh) }
            ?? fresh
        guard problem.openCount > 0 else {
            // Nothing that the inputs changed can move anything: the base stays as it is.
            return (
                start,
                SearchRecord(
                    effort: options.effort.rawValue, seed: options.seed, stepsAsked: 0, steps: 0,
                    stop: .steps, solver: solver.name)
            )
        }
        let effort = options.effort.steps(
            items: problem.openCount, coverage: problem.coverage,
            hasLines: problem.transferLimits != nil)
        let asked = options.steps ?? effort
        let model = SearchModel(problem, bands: bands, prices: bound.prices)
        let series = SearchSeries(
            model, placement: start, seed: options.seed, length: max(asked, effort),
            threads: threads)
        let stop = series.run(limit: asked) { series in
            let progress = SearchProgress(series, stepsAsked: asked, bound: bound.cost)
            if let gap = progress.gap, let limit = options.gapLimit, gap <= limit,
                series.best.state.penalty == 0
            {
                return .gap
            }
            return watch(progress)
        }
        let record = SearchRecord(
            effort: options.effort.rawValue, seed: options.seed, stepsAsked: asked,
            steps: series.steps, stop: stop, solver: solver.name)
        return (series.best.settled(against: start), record)
    }
}
