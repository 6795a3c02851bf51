import GroundSegment

/// The rules on single items one by one, each with the items that it binds and the SDCs that it
/// leaves them: full outages at an observation's arrival (H4), pins, prohibitions and what is
/// frozen (H5).
///
/// The search, the programs of the hard rules and the causes of changes all read them here; the
/// checker has its own.
struct ItemBindings: Sendable {
    /// A rule and what it does.
    struct Entry: Sendable {
        let rule: HardRule
        /// Ascending, at least one.
        let items: [ItemIndex]
        /// The SDCs that it leaves its items in each role, as bit sets.
        let primary: UInt64
        let secondary: UInt64

        func permits(_ pair: (primary: Int, secondary: Int)) -> Bool {
            primary >> UInt64(pair.primary) & 1 == 1
                && secondary >> UInt64(pair.secondary) & 1 == 1
        }
    }

    /// An item that keeps an SDC in a role, whatever it costs.
    struct Frozen: Sendable {
        let item: ItemIndex
        let role: Role
        let sdc: ID<SDC>
    }

    /// Outages, pins, prohibitions, frozen items, each in the order of the inputs; a rule that
    /// binds no item, or is about an SDC that is not there, is left out.
    private(set) var entries: [Entry] = []
    private let sdcs: [SDC]
    private let items: PlannedItems
    private let all: UInt64

    init(sdcs: [SDC], rules: PlacementRules, items: PlannedItems, frozen: [Frozen] = []) {
        self.sdcs = sdcs
        self.items = items
        all = AllowedSDCs.all(sdcs.count)
        addOutages()
        for pin in rules.pins {
            guard let item = items[pin.item], pin.binds(at: items.instants[item]) else { continue }
            hold(item, at: pin.sdc, as: pin.role, because: .pins([pin]))
        }
        for rule in rules.prohibitions { add(rule) }
        for entry in frozen {
            let rule = HardRule.frozen(entry.sdc, entry.role, [items.ids[entry.item]])
            hold(entry.item, at: entry.sdc, as: entry.role, because: rule)
        }
    }

    /// What the rules leave each item, or those that `isActive`, by their places in `entries`.
    func allowed(where isActive: (Int) -> Bool = { _ in true }) -> AllowedSDCs {
        var allowed = AllowedSDCs(sdcs: sdcs.count, items: items.count)
        for (place, entry) in entries.enumerated() where isActive(place) {
            allowed.restrict(entry.items, primary: entry.primary, secondary: entry.secondary)
        }
        return allowed
    }

    private func place(_ sdc: ID<SDC>) -> Int? { sdcs.firstIndex { $0.id == sdc } }

    private mutating func addOutages() {
        for (place, sdc) in sdcs.enumerated() {
            for window in sdc.maintenance where window.availability <= 0 {
                let hit = items.observations.filter { window.window.contains(items.instants[$0]) }
                guard !hit.isEmpty else { continue }
                entries.append(
                    Entry(
                        rule: .outage(sdc.id, window), items: hit,
                        primary: all & ~(1 << UInt64(place)), secondary: all))
            }
        }
    }

    /// An item that has an SDC in one role has it not in the other.
    private mutating func hold(
        _ item: ItemIndex, at sdc: ID<SDC>, as role: Role, because rule: HardRule
    ) {
        guard let place = place(sdc) else { return }
        let own = UInt64(1) << UInt64(place)
        let others = all & ~own
        entries.append(
            Entry(
                rule: rule, items: [item], primary: role == .primary ? own : others,
                secondary: role == .primary ? others : own))
    }

    private mutating func add(_ rule: Prohibition) {
        guard let place = place(rule.sdc) else { return }
        let hit: [ItemIndex]
        switch rule.scope {
        case .kind(let kind): hit = items.observations.filter { items.kinds[$0] == kind }
        case .item(let item): hit = items[item].map { [$0] } ?? []
        }
        guard !hit.isEmpty else { return }
        let others = all & ~(1 << UInt64(place))
        entries.append(
            Entry(rule: .prohibitions([rule]), items: hit, primary: others, secondary: others))
    }
}
