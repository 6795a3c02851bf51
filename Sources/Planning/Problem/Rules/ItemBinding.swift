import GroundSegment

/// What pins and prohibitions (H5) bind one item to, by the SDCs' identifiers, so that it can be
/// compared between cases with different SDCs.
struct ItemBinding: Hashable {
    /// The SDC to which the last of its pins in the role holds it.
    private(set) var primary: ID<SDC>?
    private(set) var secondary: ID<SDC>?
    private(set) var forbidden: Set<ID<SDC>> = []

    /// Whether a pair of SDCs keeps the rules.
    func permits(_ assignment: Assignment) -> Bool {
        (primary ?? assignment.primary) == assignment.primary
            && (secondary ?? assignment.secondary) == assignment.secondary
            && !forbidden.contains(assignment.primary)
            && !forbidden.contains(assignment.secondary)
    }

    fileprivate mutating func add(_ rule: HardRule) {
        switch rule {
        case .pins(let pins):
            for pin in pins {
                switch pin.role {
                case .primary: primary = pin.sdc
                case .secondary: secondary = pin.sdc
                }
            }
        case .prohibitions(let rules): forbidden.formUnion(rules.map(\.sdc))
        case .capacity, .storage, .transfer, .outage, .frozen: break
        }
    }
}

extension ItemBindings {
    /// What pins and prohibitions bind each item to, by item; those alone that any binds.
    var byItem: [ItemIndex: ItemBinding] {
        var bindings: [ItemIndex: ItemBinding] = [:]
        for entry in entries {
            switch entry.rule {
            case .pins, .prohibitions:
                for item in entry.items { bindings[item, default: ItemBinding()].add(entry.rule) }
            case .capacity, .storage, .transfer, .outage, .frozen: break
            }
        }
        return bindings
    }
}
