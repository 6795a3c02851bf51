import GroundSegment
import LinearProgramming
import Planning

/// A revision planned at several weights of stability and several tolerances: how many moves can
/// be bought back, and at what cost.
struct Frontier {
    /// One plan of the revision.
    struct Point {
        /// TB for every assignment changed without a cause.
        let stability: Double
        /// Times the case's tolerances.
        let factor: Double
        /// Items of the base that have other SDCs, and those of them without a cause.
        let moves: Int
        let free: Int
        /// C1 + C2 + C3.
        let cost: Terabytes
        /// Cells outside the case's own tolerances.
        let outside: Int
        /// Mean deviation of work from its target, by SDC and bucket, over the target.
        let deviation: Double
    }

    /// Factors by which the stability's weight is multiplied, the case's own among them.
    static let weights: [Double] = [0, 1, 10, 100]
    /// Factors by which all tolerances are multiplied.
    static let factors: [Double] = [1, 1.5, 2]

    /// By tolerance, then by weight of stability.
    let points: [Point]
    /// The case's own weight of stability.
    let stability: Double

    /// Plans a revision at every weight and tolerance.
    ///
    /// - Parameters:
    ///   - planningCase: the revision's case.
    ///   - precedent: what it revises.
    ///   - overlaps: those of the case's problem.
    ///   - known: the plan at the case's own weight and tolerances.
    ///   - progress: called with each plan's number and how many there will be.
    /// - Throws: `PlanningError` where one of them has no plan.
    init(
        _ planningCase: PlanningCase, precedent: Precedent, base: Precedent.Base,
        overlaps: Overlaps, known: Plan, solver: some Solver, progress: (Int, Int) -> Void
    ) throws(PlanningError) {
        let given = planningCase.weights.stability
        stability = given
        let unit = given > 0 ? given : Weights().stability
        let checker = Checker(planningCase, overlaps: overlaps, precedent: precedent)
        var points: [Point] = []
        let count = Self.weights.count * Self.factors.count
        for factor in Self.factors {
            for weight in Set(Self.weights.map { $0 * unit } + [given]).sorted() {
                progress(points.count + 1, count)
                let plan: Plan
                if factor == 1, weight == given {
                    plan = known
                } else {
                    var timings = StageTimings()
                    plan = try Planner(solver: solver).plan(
                        Problem(
                            planningCase.with(stability: weight, tolerances: factor),
                            overlaps: overlaps, precedent: precedent), timings: &timings)
                }
                points.append(
                    Point(plan, stability: weight, factor: factor, base: base, checker: checker))
            }
        }
        self.points = points
    }

    /// - Parameter points: by tolerance, then by weight.
    init(points: [Point], stability: Double) {
        self.points = points
        self.stability = stability
    }

    /// The points of the same tolerances, by weight.
    func points(factor: Double) -> [Point] { points.filter { $0.factor == factor } }

    /// The plan as the case asks for it.
    var own: Point? { points.first { $0.factor == 1 && $0.stability == stability } }

    /// The plan within the case's tolerances that moves least, of equals the cheapest.
    var stillest: Point? { Self.stillest(points(factor: 1)) }

    static func stillest(_ points: [Point]) -> Point? {
        points.min { ($0.moves, $0.cost) < ($1.moves, $1.cost) }
    }
}

extension Frontier.Point {
    init(
        _ plan: Plan, stability: Double, factor: Double, base: Precedent.Base, checker: Checker
    ) {
        let observations = plan.distribution.observations
        let tiles = plan.distribution.tiles
        let measures = checker.measures(
            observations: observations.map(\.assignment), tiles: tiles.map(\.assignment))
        let cells = measures.loads.flatMap(\.buckets)
        let away = cells.reduce(0) { $0 + abs($1.work.value - $1.target.value) }
        let target = cells.reduce(0) { $0 + $1.target.value }
        self.init(
            stability: stability, factor: factor, moves: base.moves(to: plan),
            free: observations.count { $0.cause == .free } + tiles.count { $0.cause == .free },
            cost: measures.cost, outside: measures.outside.count,
            deviation: away / max(target, 1e-9))
    }
}

extension PlanningCase {
    /// The same case with another weight of stability, and its tolerances times a factor.
    func with(stability: Double, tolerances factor: Double = 1) -> PlanningCase {
        with(
            balance: Balance(
                work: balance.work * factor, observations: balance.observations * factor,
                storage: balance.storage * factor, gap: balance.gap),
            weights: Weights(
                stability: stability, failover: weights.failover, compact: weights.compact))
    }
}
