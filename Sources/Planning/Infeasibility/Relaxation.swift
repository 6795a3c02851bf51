public import GroundSegment

/// Changes to a case that take one conflict away, with the ways to do the same otherwise.
public struct Relaxation: Sendable, Hashable {
    public let conflict: Conflict
    /// The changes proposed, all of them needed: the smallest that people can decide, else the
    /// fewest observations that come later, else the least more of cores or storage; empty where none was found.
    public let changes: [CaseChange]
    /// Changes each of which does in place of `changes`, in the same order.
    public let alternatives: [[CaseChange]]
}

/// How much a change asks for, so that unlike ones can be compared: 10 % more cores or storage,
/// one day of a window, one day of one observation, two pins or single prohibitions count 1, a
/// prohibition of a whole kind 3, a window that is dropped 30.
struct ChangeSize {
    let planningCase: PlanningCase

    func of(_ changes: [CaseChange]) -> Double { changes.reduce(0) { $0 + size($1) } }

    /// The rank of changes that ask an SDC for more than as much again.
    static let absurd = 3

    /// 0 for what people at the ground segment can decide - a window, a pin, a prohibition -, 1
    /// where those who observe have to postpone something, 2 where an SDC has to get more cores or
    /// storage, 3 where that is more than as much again.
    func rank(of changes: [CaseChange]) -> Int {
        changes.map { change in
            switch change {
            case .cores, .storage, .rate: size(change) > 10 ? Self.absurd : 2
            case .postpone: 1
            default: 0
            }
        }.max() ?? 0
    }

    private func size(_ change: CaseChange) -> Double {
        switch change {
        case .cores(let id, let cores):
            return relative(cores, sdc(id)?.cores)
        case .storage(let id, let storage):
            return relative(storage.value, sdc(id)?.storage.value)
        case .window(_, let from?, let to?):
            return abs(to.window.start - from.window.start) / 2
                + abs(to.window.end - from.window.end) / 2
        case .window: return 30
        case .unpin: return 0.5
        case .permit(let rule):
            if case .kind = rule.scope { return 3 }
            return 0.5
        case .postpone(let observations, let days): return Double(observations.count * days)
        case .rate(let id, let direction, let rate):
            let old = (direction == .inward ? sdc(id)?.ingress : sdc(id)?.egress) ?? 0
            // A line that is opened at all asks for as much as one that carries twice as much.
            return old > 0 ? relative(rate, old) : 10
        case .efficiency, .used, .processing, .pin, .forbid: return .infinity
        }
    }

    private func sdc(_ id: ID<SDC>) -> SDC? { planningCase.sdcs.first { $0.id == id } }

    private func relative(_ new: Double, _ old: Double?) -> Double {
        10 * abs(new / max(old ?? 0, 1e-9) - 1)
    }
}
