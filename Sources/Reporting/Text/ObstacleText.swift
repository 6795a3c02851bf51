public import GroundSegment
public import Planning

extension Obstacle {
    /// One line: the rule, what it is about, and the numbers.
    ///
    /// - Parameter planningCase: the case that has no distribution.
    public func text(in planningCase: PlanningCase) -> String {
        switch self {
        case .allOut(let item, let arrival):
            return "H4 \(item): every SDC is in a full outage at its arrival, \(arrival)"
        case .noPair(let found): return found.text
        case .work(let work, let capacity, let bucket):
            let part = ((work / capacity - 1) * 100).rounded(.up)
            let excess = capacity.value > 0 ? "\(Int(saturating: part))%" : "all"
            return "H2 bucket \(planningCase.buckets.name(bucket)): work of"
                + " \(Int(saturating: work.value)) core-hours, \(excess) over the capacity of all"
                + " SDCs, \(Int(saturating: capacity.value))"
        case .volume(let volume, let free):
            return "H3 \(Int(saturating: volume.value.rounded())) TB of new data with both"
                + " replicas, \(Int(saturating: free.value.rounded())) TB free at all SDCs"
        case .transfer(let volume, let direction, let most, let bucket):
            let verb = direction == .inward ? "come in" : "go out"
            return "H6 bucket \(planningCase.buckets.name(bucket)): replicas of"
                + " \(NumberText.grouped(volume.value, 1)) TB have to \(verb), all SDCs together can"
                + " take \(NumberText.grouped(most.value, 1))"
        }
    }
}

extension Obstacle.NoPair {
    fileprivate var text: String {
        "H5 \(item): \(meaning): \(reasons.joined(separator: "; "))"
    }

    private var meaning: String {
        switch lack {
        case .primary: "no primary is left"
        case .secondary: "no secondary is left"
        case .second: "only one SDC is left for primary and secondary"
        }
    }

    private var reasons: [String] {
        var reasons: [String] = []
        if let primaryPin { reasons.append("pinned to \(primaryPin) as primary") }
        if let secondaryPin { reasons.append("pinned to \(secondaryPin) as secondary") }
        if let frozen { reasons.append("frozen at \(frozen.primary) and \(frozen.secondary)") }
        reasons += forbidden.map { "forbidden at \($0)" }
        // A secondary's replica waits until it is up again.
        if lack == .primary {
            reasons += outages.map { "\($0) is in a full outage at its arrival, \(instant)" }
        }
        return reasons
    }
}

extension PlanningError {
    /// Each reason in one line: obstacles, rules in conflict, or what the best distribution that
    /// was found breaks.
    ///
    /// - Parameter planningCase: the case that was planned.
    public func reasons(in planningCase: PlanningCase) -> [String] {
        switch self {
        case .obstructed(let obstacles): obstacles.map { $0.text(in: planningCase) }
        case .conflict(let conflict): conflict.rules.map { $0.text(in: planningCase) }
        case .indivisible(let breaches), .undecided(let breaches): breaches
        case .solver: []
        }
    }
}
