public import GroundSegment
import Planning

extension CaseChange {
    /// One line: what to change, from what to what.
    ///
    /// - Parameter planningCase: the case before the change.
    public func text(from planningCase: PlanningCase) -> String {
        let sdc = sdc?.text ?? ""
        let old = planningCase.sdcs.first { $0.id == self.sdc }
        switch self {
        case .cores(_, let value): return number("cores", old?.cores, value)
        case .efficiency(_, let value): return number("efficiency", old?.efficiency, value)
        case .storage(_, let value):
            return number("storage", old?.storage.value, value.value, "TB")
        case .used(_, let value): return number("used", old?.used.value, value.value, "TB")
        case .rate(_, let direction, let value):
            let rate = direction == .inward ? old?.ingress : old?.egress
            return number(
                direction == .inward ? "ingress" : "egress", rate, value, "Gbit/s")
        case .processing(let field, let value):
            let before = NumberText.short(planningCase.processing.value(field))
            return "\(field.path) from \(before) to \(NumberText.short(value))"
        case .window(_, let from?, let to?): return "\(sdc): \(Self.move(from, to))"
        case .window(_, let from?, nil): return "\(sdc): drop the window \(from.span)\(from.named)"
        case .window(_, nil, let to):
            return "\(sdc): a new window"
                + (to.map { " \($0.span)\($0.named) at \(NumberText.short($0.availability))" } ?? "")
        case .pin(let pin): return "pin \(pin.item) to \(sdc) as \(pin.role.rawValue)"
        case .unpin(let pin):
            return "take away the pin of \(pin.item) to \(sdc) as \(pin.role.rawValue)"
        case .forbid(let rule): return "forbid \(rule.subject) at \(sdc)"
        case .permit(let rule): return "allow \(rule.subject) at \(sdc)"
        case .postpone(let observations, let days):
            let items = observations.map { ItemID.observation($0).description }
            return "have \(HardRule.list(items)) made \(days == 1 ? "1 day" : "\(days) days") later"
        }
    }

    private func number(_ field: String, _ old: Double?, _ new: Double, _ unit: String = "")
        -> String
    {
        let sdc = sdc?.text ?? ""
        let percent = old.map { $0 > 0 ? (new / $0 - 1) * 100 : 0 } ?? 0
        let share = (percent < 0 ? "" : "+") + NumberText.short((percent * 10).rounded() / 10)
        return "\(sdc): \(field) from \(NumberText.short(old ?? 0)) to \(NumberText.short(new))"
            + (unit.isEmpty ? "" : " \(unit)") + " (\(share)%)"
    }

    private static func move(_ from: MaintenanceWindow, _ to: MaintenanceWindow) -> String {
        let start = to.window.start - from.window.start
        let end = to.window.end - from.window.end
        func days(_ count: Double) -> String {
            abs(count) == 1 ? "1 day" : "\(NumberText.short(abs(count))) days"
        }
        if to.availability != from.availability {
            return "availability of the window \(from.span)\(from.named) from"
                + " \(NumberText.short(from.availability)) to \(NumberText.short(to.availability))"
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
