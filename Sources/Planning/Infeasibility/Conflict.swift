public import GroundSegment
import LinearProgramming

/// Hard rules that cannot hold together, of which none can be left out.
public struct Conflict: Sendable, Hashable {
    /// In the order H2, H3, H6, H4, H5.
    public let rules: [HardRule]
    /// The items to which the rules leave no pair of SDCs; empty where the rules conflict by
    /// their sums.
    public let items: [ItemID]
    /// The bucket that it is about; `nil` where it is about the whole period.
    public let bucket: Int?
    /// Whether the rules could hold together if items had parts.
    public let isOfWholeItems: Bool
    /// Whether it is known of each rule that the others hold without it.
    public let isIrreducible: Bool

    init(
        rules: [HardRule], items: [ItemID], bucket: Int?, isOfWholeItems: Bool = false,
        isIrreducible: Bool = true
    ) {
        self.rules = rules
        self.items = items
        self.bucket = bucket
        self.isOfWholeItems = isOfWholeItems
        self.isIrreducible = isIrreducible
    }
}

/// Looks for conflicts among a case's hard rules.
struct ConflictSearch<S: Solver> {
    let rules: HardRules
    let solver: S
    var counting = ItemCounting.parts
    var limit = RelaxationLimit.none

    /// The first conflict: of single items, then of each bucket, then of the period; `nil` where
    /// none is proven.
    func first() throws(SolverError) -> Conflict? {
        if let conflict = ofSingleItems() { return conflict }
        for scope in scopes where try verdict(rules.everything, in: scope) == .infeasible {
            return try conflict(in: scope)
        }
        return nil
    }

    /// Whether the rules leave each item a pair, and the program of `scope` a solution.
    func isFeasible(in scope: FeasibilityProgram.Scope) throws(SolverError) -> Bool {
        guard ofSingleItems() == nil else { return false }
        return try verdict(rules.everything, in: scope) == .feasible
    }

    var scopes: [FeasibilityProgram.Scope] {
        (0..<rules.planningCase.buckets.count).map { .bucket($0) } + [.period]
    }

    private func verdict(
        _ active: [Bool], in scope: FeasibilityProgram.Scope
    ) throws(SolverError) -> ItemCounting.Verdict {
        try counting.verdict(rules, active: active, scope: scope, solver: solver)
    }

    // MARK: Single items

    /// The conflict of the first item that is left no pair, with all items like it.
    private func ofSingleItems() -> Conflict? {
        let allowed = rules.allowed(rules.everything)
        guard let item = rules.items.indices.first(where: { !allowed.leavesPair($0) }) else {
            return nil
        }
        let binding = rules.itemRules.filter { rules.binding(of: $0).items.contains(item) }
        let set = IrreducibleSet.find(binding) { chosen in
            var left = AllowedSDCs(sdcs: rules.planningCase.sdcs.count, items: 1)
            for entry in chosen.map(rules.binding(of:)) {
                left.restrict([0], primary: entry.primary, secondary: entry.secondary)
            }
            return !left.leavesPair(0)
        }
        let hit = rules.allowed(activating(set))
        let items = rules.items.indices.filter { !hit.leavesPair($0) }
        return Conflict(
            rules: set.sorted().map { rules.rules[$0] }, items: items.map { rules.items.ids[$0] },
            bucket: nil)
    }

    private func activating(_ chosen: [Int]) -> [Bool] {
        var active = rules.rules.map { _ in false }
        for rule in chosen { active[rule] = true }
        return active
    }

    // MARK: Sums

    private func conflict(
        in scope: FeasibilityProgram.Scope
    ) throws(SolverError) -> Conflict {
        let units = units(in: scope)
        var isIrreducible = true
        let set = try IrreducibleSet.find(units) { (chosen) throws(SolverError) in
            guard !limit.isOver else {
                isIrreducible = false
                return false
            }
            let verdict = try verdict(activating(chosen.flatMap { $0 }), in: scope)
            if verdict == .undecided { isIrreducible = false }
            return verdict == .infeasible
        }
        let bucket: Int? = if case .bucket(let bucket) = scope { bucket } else { nil }
        return Conflict(
            rules: set.sorted { $0[0] < $1[0] }.map(merged), items: [], bucket: bucket,
            isOfWholeItems: counting == .whole, isIrreducible: isIrreducible)
    }

    /// The rules that matter in a scope, those on like items together, so that a conflict of a
    /// hundred pins is told as one.
    private func units(in scope: FeasibilityProgram.Scope) -> [[Int]] {
        let sdcs = rules.planningCase.sdcs.indices
        let buckets = 0..<rules.planningCase.buckets.count
        var units: [[Int]]
        switch scope {
        case .bucket(let bucket):
            units = sdcs.map { [rules.capacityRule($0, bucket)] } + transfers(in: bucket)
        case .period:
            units = sdcs.map { [rules.storageRule($0)] }
            for sdc in sdcs { units += buckets.map { [rules.capacityRule(sdc, $0)] } }
            for bucket in buckets { units += transfers(in: bucket) }
        }
        var groups: [String: Int] = [:]
        for rule in rules.itemRules where matters(rule, in: scope) {
            let key = likeness(of: rule)
            if let key, let place = groups[key] {
                units[place].append(rule)
            } else {
                if let key { groups[key] = units.count }
                units.append([rule])
            }
        }
        return units
    }

    /// The rules on what comes in and goes out at each SDC in a bucket; none where nothing is
    /// limited.
    private func transfers(in bucket: Int) -> [[Int]] {
        guard rules.transferLimits != nil else { return [] }
        return rules.planningCase.sdcs.indices.flatMap { sdc in
            TransferDirection.allCases.map { [rules.transferRule(sdc, $0, bucket)] }
        }
    }

    private func matters(_ rule: Int, in scope: FeasibilityProgram.Scope) -> Bool {
        guard case .bucket(let bucket) = scope else { return true }
        return rules.binding(of: rule).items.contains { rules.items.buckets[$0] == bucket }
    }

    /// Equal for rules that are told together; `nil` for one that stands alone.
    private func likeness(of rule: Int) -> String? {
        guard let item = rules.binding(of: rule).items.first else { return nil }
        let place = "\(rules.items.ids[item].kind.rawValue) \(rules.items.buckets[item])"
        switch rules.rules[rule] {
        case .pins(let pins): return "pin \(pins[0].sdc) \(pins[0].role.rawValue) \(place)"
        case .prohibitions(let list):
            guard case .item = list[0].scope else { return nil }
            return "forbid \(list[0].sdc) \(place)"
        case .frozen(let sdc, let role, _): return "frozen \(sdc) \(role.rawValue) \(place)"
        case .capacity, .storage, .transfer, .outage: return nil
        }
    }

    private func merged(_ unit: [Int]) -> HardRule {
        let all = unit.map { rules.rules[$0] }
        switch all[0] {
        case .pins: return .pins(all.flatMap(\.pinList))
        case .prohibitions: return .prohibitions(all.flatMap(\.prohibitionList))
        case .frozen(let sdc, let role, _): return .frozen(sdc, role, all.flatMap(\.frozenItems))
        case .capacity, .storage, .transfer, .outage: return all[0]
        }
    }
}

extension HardRule {
    fileprivate var pinList: [Pin] {
        guard case .pins(let pins) = self else { return [] }
        return pins
    }

    fileprivate var prohibitionList: [Prohibition] {
        guard case .prohibitions(let rules) = self else { return [] }
        return rules
    }

    fileprivate var frozenItems: [ItemID] {
        guard case .frozen(_, _, let items) = self else { return [] }
        return items
    }
}
