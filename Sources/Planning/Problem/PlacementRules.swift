public import GroundSegment

/// The pins and prohibitions under which a plan was made (H5).
public struct PlacementRules: Sendable, Hashable {
    public let pins: [Pin]
    public let prohibitions: [Prohibition]

    public init(pins: [Pin] = [], prohibitions: [Prohibition] = []) {
        self.pins = pins
        self.prohibitions = prohibitions
    }

    init(_ rules: ItemRules) {
        self.init(pins: rules.pins, prohibitions: rules.prohibitions)
    }
}

/// Pins and prohibitions by the item that they bind.
struct ItemRuleIndex {
    /// What binds one item.
    struct Binding: Hashable {
        var primary: ID<SDC>?
        var secondary: ID<SDC>?
        var forbidden: Set<ID<SDC>> = []

        /// Whether a pair of SDCs keeps the rules.
        func permits(_ assignment: Assignment) -> Bool {
            (primary ?? assignment.primary) == assignment.primary
                && (secondary ?? assignment.secondary) == assignment.secondary
                && !forbidden.contains(assignment.primary)
                && !forbidden.contains(assignment.secondary)
        }
    }

    private var pins: [ItemID: [Pin]] = [:]
    private var forbidden: [ItemID: Set<ID<SDC>>] = [:]
    private var forbiddenKinds: [String: Set<ID<SDC>>] = [:]

    init(_ rules: PlacementRules) {
        for pin in rules.pins { pins[pin.item, default: []].append(pin) }
        for rule in rules.prohibitions {
            switch rule.scope {
            case .item(let item): forbidden[item, default: []].insert(rule.sdc)
            case .kind(let kind): forbiddenKinds[kind, default: []].insert(rule.sdc)
            }
        }
    }

    /// What binds `item` at the instant at which it arrives or is ready.
    func binding(_ item: PlanInputs.Item) -> Binding {
        var binding = Binding()
        for pin in pins[item.id] ?? [] where pin.binds(at: item.instant) {
            switch pin.role {
            case .primary: binding.primary = pin.sdc
            case .secondary: binding.secondary = pin.sdc
            }
        }
        binding.forbidden = forbidden[item.id] ?? []
        if item.isObservation, let kind = forbiddenKinds[item.kind] {
            binding.forbidden.formUnion(kind)
        }
        return binding
    }
}
