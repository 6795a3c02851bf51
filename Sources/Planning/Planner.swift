public import GroundSegment
public import LinearProgramming

/// Plans a case: linear programs for the bound and the shares, then the integer search on the
/// exact cost, then the check.
public struct Planner<S: Solver>: Sendable {
    private let solver: S

    public init(solver: S) {
        self.solver = solver
    }

    /// The best distribution found for `problem` with its case's options.
    ///
    /// The same problem and options give the same plan, unless `watch` or a time limit stops the
    /// search early.
    ///
    /// - Parameter watch: asked some times a second how the search stands; returns a reason to
    ///   stop it, or `nil`.
    /// - Throws: `PlanningError` where no distribution satisfies the hard rules.
    public func plan(
        _ problem: Problem, timings: inout StageTimings,
        watch: (SearchProgress) -> SearchStop? = { _ in nil }
    ) throws(PlanningError) -> Plan {
        let obstacles = Feasibility.obstacles(problem)
        guard obstacles.isEmpty else { throw .infeasible(obstacles) }
        let bands = Bands(problem)
        let bound = try timings.measure("linear program") { () throws(PlanningError) in
            do throws(SolverError) {
                return try Bound.solve(problem, bands: bands, solver: solver)
            } catch {
                throw .solver(error.description)
            }
        }
        let (placement, record) = timings.measure("search") {
            search(problem, bands: bands, bound: bound, watch: watch)
        }
        let plan = timings.measure("check") {
            Plan(problem, placement: placement, bound: bound.cost, search: record)
        }
        guard plan.measures.violations.isEmpty else { throw .infeasible(plan.measures.violations) }
        return plan
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
        let effort = options.effort.steps(items: problem.openCount)
        let asked = options.steps ?? effort
        let model = SearchModel(problem, bands: bands)
        let team = SearchTeam(
            model, placement: start, seed: options.seed, length: max(asked, effort))
        let stop = team.run(limit: asked) { team in
            let state = team.best.state
            return watch(
                SearchProgress(
                    steps: team.steps, stepsAsked: asked, cost: Terabytes(state.cost),
                    bound: bound.cost, copies: state.copies))
        }
        let record = SearchRecord(
            effort: options.effort.rawValue, seed: options.seed, stepsAsked: asked,
            steps: team.steps, stop: stop, solver: solver.name)
        return (team.best.settled(against: start), record)
    }
}

/// How a search stands.
public struct SearchProgress: Sendable {
    public let steps: Int
    public let stepsAsked: Int
    /// Cost of the distribution at hand.
    public let cost: Terabytes
    public let bound: Terabytes?
    public let copies: Int
}
