import GroundSegment

/// Why each assignment of a plan differs from a base's.
///
/// An item that is itself no longer what it was has a cause of its own (`InputChanges`).  The
/// other changes are taken one at a time: one that brings a cell back towards its tolerance or
/// rule, with all changes made so far, has the cause that pushed the cell out; what then remains
/// is free.  What a failover's plan has moved says so itself.
struct ChangeCauses: Sendable {
    let changes: InputChanges
    /// By item; `nil` where it keeps both SDCs.
    private(set) var causes: [ChangeCause?]

    init(from base: Baseline, to plan: Plan) {
        let now = PlanInputs(plan)
        let old = base.assignments
        let new = plan.assignments
        let changes = InputChanges(from: base, to: now)
        self.changes = changes
        let promoted =
            (plan.distribution.observations.map(\.cause)
            + plan.distribution.tiles.map(\.cause)).map { $0 == .failover }
        causes = now.items.indices.map { index in
            guard let earlier = changes.earlier[index] else { return .survey }
            guard old[earlier] != new[index] else { return nil }
            return promoted[index] ? .failover : changes.own[index]
        }
        var open = now.items.indices.filter { index in
            causes[index] == nil
                && changes.earlier[index].map { old[$0] != new[index] } == true
        }
        guard !open.isEmpty else { return }
        var ledger = CauseLedger(
            from: base.inputs, to: now, changes: changes, before: old, after: new)
        var lines = LineLedger(
            from: base.inputs, to: plan, changes: changes, before: old, after: new)
        var isSettled = false
        while !isSettled {
            isSettled = true
            open.removeAll { index in
                guard let earlier = changes.earlier[index],
                    let cause = ledger.cause(of: index, from: old[earlier], to: new[index])
                        ?? lines?.cause(of: index, to: new[index])
                else { return false }
                ledger.move(index, from: old[earlier], to: new[index], because: cause)
                lines?.move(index, to: new[index], because: cause)
                causes[index] = cause
                isSettled = false
                return true
            }
        }
        for index in open { causes[index] = .free }
    }
}
