import GroundSegment
public import Planning

extension ItemExplanation {
    /// What an operator reads.
    ///
    /// - Parameter plan: the plan that is explained.
    public func lines(in plan: Plan) -> [String] {
        let names = StandingNames(plan.planningCase)
        var lines = [
            "item       \(item), \(arrival) \(instant), bucket \(bucket)",
            "primary    \(assignment.primary)", "secondary  \(assignment.secondary)",
        ]
        lines += reasons.map { "why        " + $0 }
        if let next = nextBest { lines.append("next best  " + text(next, names)) }
        for sdc in sdcs where sdc != assignment.primary {
            lines.append(other(sdc, names))
        }
        return lines
    }

    private var arrival: String { item.kind == .observation ? "arrives" : "ready" }

    /// The SDCs of any option, sorted.
    private var sdcs: [ID<SDC>] { Set(options.map(\.assignment.primary)).sorted() }

    private var reasons: [String] {
        let kind = item.kind == .observation ? "tiles" : "observations"
        let role = item.kind == .observation ? "owned" : "held"
        var counts: [ID<SDC>: Int] = [:]
        for partner in partners {
            counts[partner.assignment.primary, default: 0] += 1
            if item.kind == .tile { counts[partner.assignment.secondary, default: 0] += 1 }
        }
        let list = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.value) at \($0.key)" }.joined(separator: ", ")
        var reasons = ["its \(partners.count) \(kind) are \(role): \(list)"]
        let least = external.values.map(\.value).min() ?? 0
        let most = external.values.map(\.value).max() ?? 0
        if most > least, let own = external[assignment.primary] {
            reasons.append(
                "external data to fetch at \(assignment.primary): \(NumberText.short(own.value)) TB, elsewhere"
                    + " \(NumberText.short(least)) to \(NumberText.short(most)) TB")
        }
        if let cause { reasons.append("moved against the plan's base, cause: \(cause.rawValue)") }
        return reasons
    }

    /// The best that can be done with another primary, or why it cannot be.
    private func other(_ sdc: ID<SDC>, _ names: StandingNames) -> String {
        guard let option = best(sdc, as: .primary) else { return "" }
        let name = "\(sdc)" + String(repeating: " ", count: max(1, 11 - sdc.text.count))
        return option.isAllowed
            ? name + text(option, names)
            : name + "forbidden as primary: " + names.obstacles(option).joined(separator: "; ")
    }

    private func text(_ option: Option, _ names: StandingNames) -> String {
        var parts = ["\(option.assignment.primary)/\(option.assignment.secondary)"]
        parts.append("\(signed(option.extra.value)) TB")
        var details: [String] = []
        if option.copies != 0 {
            details.append("copies \(signed(Double(option.copies)))")
        }
        if abs(option.externalVolume.value) > 1e-9 {
            details.append("external \(signed(option.externalVolume.value)) TB")
        }
        if option.failovers != 0 {
            details.append("failover copies \(signed(Double(option.failovers)))")
        }
        if !details.isEmpty { parts.append("(\(details.joined(separator: ", ")))") }
        let broken =
            names.of(option.broken).map { "; then \($0)" }
            + names.of(option.mended).map { "; mends \($0)" }
        return parts.joined(separator: " ") + broken.joined()
    }

    private func signed(_ value: Double) -> String {
        let text =
            value == value.rounded()
            ? "\(Int(saturating: value))" : "\((value * 1e4).rounded() / 1e4)"
        return value < 0 ? text : "+" + text
    }
}
