import GroundSegment
import LinearProgramming
import Planning
import SkyGeometry

/// A small plan by the real planner: four SDCs, four weeks, fields at RA 0, RA 180 and around
/// the south pole, one SDC with a name that has to be escaped.
struct SamplePlan {
    static let awkward: ID<SDC> = "SDC-<A> & \"B\""
    static let start = MJD(61000)

    /// One for all tests, which only look at it.
    static let shared = Result { try SamplePlan() }

    let plan: Plan
    /// The same case with everything at the first two SDCs, which breaks rules and tolerances.
    let skewed: Plan
    /// The same case with its tiles dealt out in turn, which takes many copies.
    let scattered: Plan

    init() throws {
        var options = PlanningOptions()
        options.steps = 20_000
        let planningCase = PlanningCase(
            name: "sample <1>", survey: SurveyPlan(id: "test", observations: Self.observations),
            sdcs: Self.sdcs, grid: .mer,
            buckets: Buckets(
                period: TimeWindow(start: Self.start, end: Self.start + 28), length: 7),
            processing: Processing(
                observationWork: CoreHours(2000), observationVolume: Terabytes(0.045), latency: 1,
                tileWork: CoreHours(4500), tileVolume: Terabytes(0.12)),
            balance: Balance(work: 0.1, observations: 0.2, storage: 0.1, gap: 4),
            options: options)
        var timings = StageTimings()
        let problem = Problem(planningCase)
        plan = try Planner(solver: GLPKSolver()).plan(problem, timings: &timings)
        let pair = Assignment(primary: Self.awkward, secondary: "SDC-C")
        skewed = Plan(
            distribution: plan.distribution, balance: plan.balance, weights: plan.weights,
            measures: Checker(planningCase, overlaps: problem.overlaps).measures(
                observations: problem.observations.map { _ in pair },
                tiles: problem.tiles.map { _ in pair }),
            bound: nil, search: plan.search)
        let ids = Self.sdcs.map(\.id)
        let dealt = problem.tiles.indices.map {
            Assignment(primary: ids[$0 % ids.count], secondary: ids[($0 + 1) % ids.count])
        }
        scattered = Self.plan(
            plan, tiles: dealt, by: Checker(planningCase, overlaps: problem.overlaps))
    }

    /// The plan with other SDCs for its tiles.
    private static func plan(_ plan: Plan, tiles: [Assignment], by checker: Checker) -> Plan {
        let old = plan.distribution
        let held = old.observations.map(\.assignment)
        let needs = checker.copiesTo(observations: held, tiles: tiles)
        return Plan(
            distribution: Distribution(
                name: old.name, survey: old.survey, buckets: old.buckets, sdcs: old.sdcs,
                processing: old.processing,
                observations: zip(old.observations, needs).map { entry, needs in
                    AssignedObservation(
                        observation: entry.observation, arrival: entry.arrival,
                        bucket: entry.bucket, assignment: entry.assignment, copiesTo: needs)
                },
                tiles: zip(old.tiles, tiles).map { entry, assignment in
                    AssignedTile(
                        tile: entry.tile, ready: entry.ready, bucket: entry.bucket,
                        assignment: assignment, overlaps: entry.overlaps)
                }),
            balance: plan.balance, weights: plan.weights,
            measures: checker.measures(observations: held, tiles: tiles), bound: plan.bound,
            search: plan.search)
    }

    private static var sdcs: [SDC] {
        let outage = MaintenanceWindow(
            window: TimeWindow(start: start + 9, end: start + 9.5), availability: 0,
            summary: "Power & cooling")
        let refresh = MaintenanceWindow(
            window: TimeWindow(start: start + 12, end: start + 17), availability: 0.3)
        return [
            SDC(
                id: awkward, name: "Lab <North>", cores: 3000, storage: Terabytes(500),
                maintenance: [outage]),
            SDC(
                id: "SDC-C", name: "Centre", cores: 2000, storage: Terabytes(400),
                ingests: [
                    ExternalHolding(
                        survey: "DES", region: SkyRegion(dec: (-90, 0)), volume: Terabytes(0.05))
                ], maintenance: [refresh]),
            SDC(id: "SDC-D", name: "Delta", cores: 2000, storage: Terabytes(300)),
            SDC(id: "SDC-E", name: "Echo", cores: 1500, storage: Terabytes(300)),
        ]
    }

    private static var observations: [Observation] {
        let regions: [(ra: Double, dec: Double)] = [(0, -10), (180, 5), (90, -88), (300, 40)]
        return (0..<160).map { index in
            let region = regions[index % 4]
            let place = index / 4
            let dec = region.dec + 0.7 * Double(place / 8)
            let ra = region.ra + Double(place % 8 - 4) * 0.7
            let begin = start + Double(index) * 0.16
            let footprint = ConvexPolygon.field(
                longitude: ra, latitude: dec, positionAngle: 0, width: 0.74, height: 0.76)
            return Observation(
                id: ID("\(index)"), window: TimeWindow(start: begin, end: begin + 0.05),
                centre: SkyPosition(footprint.centre), footprint: footprint)
        }
    }
}
