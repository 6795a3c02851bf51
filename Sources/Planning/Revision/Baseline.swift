import GroundSegment

/// The distribution that is revised, in the form that it is compared in: its items with their
/// SDCs, and what they followed from.
struct Baseline: Sendable {
    let inputs: PlanInputs
    /// By item of `inputs`.
    let assignments: [Assignment]
    let weights: Weights

    init(_ plan: Plan) {
        inputs = PlanInputs(plan)
        assignments = plan.assignments
        weights = plan.weights
    }

    /// A base of which only the assignments are known: what it was planned from is taken to be
    /// what is planned from now, but for the buckets that the rows name.
    ///
    /// Items that `now` does not have are left out.
    init(_ table: AssignmentTable, of now: PlanInputs, weights: Weights) {
        let known = table.byItem
        let buckets = Dictionary(
            (0..<now.buckets.count).map { (now.buckets.name($0), $0) }, uniquingKeysWith: { $1 })
        let rows = now.items.ids.map { known[$0] }
        let chosen = now.items.indices.filter { rows[$0] != nil }
        inputs = now.filtered(
            chosen, bucket: { item in rows[item].flatMap { buckets[$0.bucket] } })
        assignments = chosen.compactMap { rows[$0]?.assignment }
        self.weights = weights
    }
}
