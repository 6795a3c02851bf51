import GroundSegment

/// The hard rules of a case one by one, with what each of them does to single items.
struct HardRules: Sendable {
    /// The SDCs that a rule leaves an item, as bit sets for each role.
    struct Binding: Sendable {
        let item: Int
        let primary: UInt64
        let secondary: UInt64
    }

    let planningCase: PlanningCase
    let items: PlannedItems
    private(set) var rules: [HardRule] = []
    /// By rule; empty for capacity and storage.
    private(set) var bindings: [[Binding]] = []
    /// By SDC and bucket, core-hours.
    let capacity: [[Double]]
    let all: UInt64

    init(_ planningCase: PlanningCase, items: PlannedItems) {
        self.planningCase = planningCase
        self.items = items
        let count = planningCase.sdcs.count
        all = count == 64 ? .max : (1 << UInt64(count)) - 1
        let spans = (0..<planningCase.buckets.count).map { planningCase.buckets[$0] }
        capacity = planningCase.sdcs.map { sdc in spans.map { sdc.capacity(over: $0).value } }
        addCapacities()
        addOutages()
        addPins()
        addProhibitions()
        addFrozen()
    }

    /// The place of the rule on an SDC's capacity in a bucket.
    func capacityRule(_ sdc: Int, _ bucket: Int) -> Int {
        sdc * planningCase.buckets.count + bucket
    }

    /// The place of the rule on an SDC's storage.
    func storageRule(_ sdc: Int) -> Int {
        planningCase.sdcs.count * planningCase.buckets.count + sdc
    }

    /// The rules that bind single items.
    var itemRules: Range<Int> { storageRule(planningCase.sdcs.count)..<rules.count }

    /// The SDCs that `active` rules leave each item.
    func masks(_ active: [Bool]) -> (primary: [UInt64], secondary: [UInt64]) {
        var primary = [UInt64](repeating: all, count: items.ids.count)
        var secondary = primary
        for rule in itemRules where active[rule] {
            for binding in bindings[rule] {
                primary[binding.item] &= binding.primary
                secondary[binding.item] &= binding.secondary
            }
        }
        return (primary, secondary)
    }

    /// Whether two different SDCs can be chosen from the sets of the two roles (H1).
    static func leavesPair(_ primary: UInt64, _ secondary: UInt64) -> Bool {
        primary != 0 && secondary != 0 && (primary != secondary || primary.nonzeroBitCount > 1)
    }

    private mutating func add(_ rule: HardRule, _ bound: [Binding] = []) {
        rules.append(rule)
        bindings.append(bound)
    }

    private mutating func addCapacities() {
        for sdc in planningCase.sdcs {
            for bucket in 0..<planningCase.buckets.count {
                add(.capacity(sdc.id, bucket: bucket))
            }
        }
        for sdc in planningCase.sdcs { add(.storage(sdc.id)) }
    }

    private mutating func addOutages() {
        for (place, sdc) in planningCase.sdcs.enumerated() {
            let others = all & ~(1 << UInt64(place))
            for window in sdc.maintenance where window.availability <= 0 {
                let hit = (0..<items.observationCount).filter {
                    window.window.contains(items.instants[$0])
                }
                guard !hit.isEmpty else { continue }
                add(
                    .outage(sdc.id, window),
                    hit.map { Binding(item: $0, primary: others, secondary: all) })
            }
        }
    }

    private mutating func addPins() {
        for pin in planningCase.rules.pins {
            guard let place = place(pin.sdc), let item = items.places[pin.item],
                pin.binds(at: items.instants[item])
            else { continue }
            add(.pins([pin]), [held(item, at: place, as: pin.role)])
        }
    }

    private mutating func addFrozen() {
        for (item, role, sdc) in items.frozen {
            guard let place = place(sdc) else { continue }
            add(.frozen(sdc, role, [items.ids[item]]), [held(item, at: place, as: role)])
        }
    }

    private func place(_ sdc: ID<SDC>) -> Int? {
        planningCase.sdcs.firstIndex { $0.id == sdc }
    }

    /// An item that has an SDC in one role, and so not in the other.
    private func held(_ item: Int, at place: Int, as role: Role) -> Binding {
        let own = UInt64(1) << UInt64(place)
        let others = all & ~own
        return role == .primary
            ? Binding(item: item, primary: own, secondary: others)
            : Binding(item: item, primary: others, secondary: own)
    }

    private mutating func addProhibitions() {
        for rule in planningCase.rules.prohibitions {
            guard let place = place(rule.sdc) else { continue }
            let others = all & ~(1 << UInt64(place))
            let hit: [Int]
            switch rule.scope {
            case .kind(let kind):
                hit = (0..<items.observationCount).filter { items.kinds[$0] == kind }
            case .item(let item): hit = items.places[item].map { [$0] } ?? []
            }
            guard !hit.isEmpty else { continue }
            add(
                .prohibitions([rule]),
                hit.map { Binding(item: $0, primary: others, secondary: others) })
        }
    }
}
