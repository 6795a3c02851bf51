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
        let place = Dictionary(
            uniqueKeysWithValues: plan.distribution.sdcs.enumerated().map { ($1.id, UInt8($0)) })
        let assignments = plan.assignments
        func places(_ role: Role) -> [UInt8] { assignments.map { place[$0[role]] ?? 0 } }
        self.init(primary: places(.primary), secondary: places(.secondary))
    }
}
