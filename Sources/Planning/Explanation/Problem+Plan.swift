import GroundSegment
import SkyGeometry

extension Problem {
    /// The problem that a plan is the answer to, from the plan alone.
    ///
    /// What earlier periods or a base bound in it is not known any more.
    init(_ plan: Plan) {
        let distribution = plan.distribution
        let planningCase = PlanningCase(
            name: distribution.name,
            survey: SurveyPlan(
                id: distribution.survey,
                observations: distribution.observations.map(\.observation)),
            sdcs: distribution.sdcs, grid: .mer, buckets: distribution.buckets,
            processing: distribution.processing, balance: plan.balance, weights: plan.weights,
            rules: ItemRules(pins: plan.rules.pins, prohibitions: plan.rules.prohibitions))
        self.init(planningCase, overlaps: Overlaps(distribution))
    }
}

extension Placement {
    /// Where a plan has everything, by the places of its SDCs.
    init(_ plan: Plan) {
        let distribution = plan.distribution
        let place = Dictionary(
            uniqueKeysWithValues: distribution.sdcs.enumerated().map { ($1.id, UInt8($0)) })
        func places(_ assignments: [Assignment], _ role: Role) -> [UInt8] {
            assignments.map { place[$0[role]] ?? 0 }
        }
        let observations = distribution.observations.map(\.assignment)
        let tiles = distribution.tiles.map(\.assignment)
        self.init(
            observationPrimary: places(observations, .primary),
            observationSecondary: places(observations, .secondary),
            tilePrimary: places(tiles, .primary), tileSecondary: places(tiles, .secondary))
    }
}
