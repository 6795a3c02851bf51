public import GroundSegment

/// Changes to a case that take one conflict away, with the ways to do the same otherwise.
public struct Relaxation: Sendable, Hashable {
    public let conflict: Conflict
    /// The smallest changes found, all of them needed; empty where none was found.
    public let changes: [CaseChange]
    /// Changes each of which does in place of `changes`, smallest first.
    public let alternatives: [[CaseChange]]
}

/// How much a change asks for, so that unlike ones can be compared: 10 % more cores or storage,
/// one day of a window, two pins or single prohibitions count 1, a prohibition of a whole kind 3,
/// a window that is dropped 30.
struct ChangeSize {
    let planningCase: PlanningCase

    func of(_ changes: [CaseChange]) -> Double { changes.reduce(0) { $0 + size($1) } }

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
        case .efficiency, .used, .pin, .forbid: return .infinity
        }
    }

    private func sdc(_ id: ID<SDC>) -> SDC? { planningCase.sdcs.first { $0.id == id } }

    private func relative(_ new: Double, _ old: Double?) -> Double {
        10 * abs(new / max(old ?? 0, 1e-9) - 1)
    }
}

extension CaseChange {
    /// One line: what to change, from what to what.
    ///
    /// - Parameter planningCase: the case before the change.
    public func text(from planningCase: PlanningCase) -> String {
        let old = planningCase.sdcs.first { $0.id == sdc }
        switch self {
        case .cores(_, let value): return number("cores", old?.cores, value)
        case .efficiency(_, let value): return number("efficiency", old?.efficiency, value)
        case .storage(_, let value):
            return number("storage", old?.storage.value, value.value, "TB")
        case .used(_, let value): return number("used", old?.used.value, value.value, "TB")
        case .window(_, let from?, let to?): return "\(sdc): \(Self.move(from, to))"
        case .window(_, let from?, nil): return "\(sdc): drop the window \(from.span)\(from.named)"
        case .window(_, nil, let to):
            return "\(sdc): a new window"
                + (to.map { " \($0.span)\($0.named) at \(short($0.availability))" } ?? "")
        case .pin(let pin): return "pin \(pin.item) to \(sdc) as \(pin.role.rawValue)"
        case .unpin(let pin):
            return "take away the pin of \(pin.item) to \(sdc) as \(pin.role.rawValue)"
        case .forbid(let rule): return "forbid \(rule.subject) at \(sdc)"
        case .permit(let rule): return "allow \(rule.subject) at \(sdc)"
        }
    }

    private func number(_ field: String, _ old: Double?, _ new: Double, _ unit: String = "")
        -> String
    {
        let percent = old.map { $0 > 0 ? (new / $0 - 1) * 100 : 0 } ?? 0
        let share = (percent < 0 ? "" : "+") + short((percent * 10).rounded() / 10)
        return "\(sdc): \(field) from \(short(old ?? 0)) to \(short(new))"
            + (unit.isEmpty ? "" : " \(unit)") + " (\(share)%)"
    }

    private static func move(_ from: MaintenanceWindow, _ to: MaintenanceWindow) -> String {
        let start = to.window.start - from.window.start
        let end = to.window.end - from.window.end
        func days(_ count: Double) -> String {
            abs(count) == 1 ? "1 day" : "\(short(abs(count))) days"
        }
        if to.availability != from.availability {
            return "availability of the window \(from.span)\(from.named) from"
                + " \(short(from.availability)) to \(short(to.availability))"
        }
        if abs(start - end) < 1e-9 {
            return "move the window \(from.span)\(from.named) by \(days(start))"
                + (start > 0 ? " later" : " earlier")
        }
        return start == 0
            ? "end the window \(from.span)\(from.named) \(days(end)) earlier"
            : "begin the window \(from.span)\(from.named) \(days(start)) later"
    }
}
