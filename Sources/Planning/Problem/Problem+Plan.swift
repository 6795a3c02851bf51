import GroundSegment

extension Problem {
    /// The problem that a plan is the answer to, from the plan alone.
    init(_ plan: Plan) {
        self.init(plan.planningCase, overlaps: Overlaps(plan.distribution))
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
