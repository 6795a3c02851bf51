/// Two plans side by side: what a change of the case does to cost, load and assignments.
public struct PlanComparison: Sendable {
    public let before: Plan
    public let after: Plan
    public let difference: PlanDifference

    public init(from before: Plan, to after: Plan) {
        self.before = before
        self.after = after
        difference = PlanDifference(from: before, to: after)
    }
}
