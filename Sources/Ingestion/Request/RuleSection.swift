import Documents
import GroundSegment
import SkyGeometry

/// The parts of a request that name single items and earlier plans: `pins`, `forbid`, `freeze`,
/// `base`, `history`.
struct RuleSection {
    let rules: ItemRules
    /// Where each SDC is named, to be compared with the SDCs that there are.
    private let sdcs: [(id: ID<SDC>, entry: DocumentObject)]

    init(_ root: DocumentObject, grid: RingGrid?) {
        var sdcs: [(id: ID<SDC>, entry: DocumentObject)] = []
        let pins = root.objects("pins").compactMap { entry in
            entry.check(keys: ["observation", "tile", "sdc", "role", "reason", "until"])
            return Self.pin(entry, grid: grid).map { (pin: $0, entry: entry) }
        }
        let prohibitions = root.objects("forbid").compactMap { entry in
            entry.check(keys: ["observation", "tile", "kind", "sdc", "reason"])
            return Self.prohibition(entry, grid: grid).map { (rule: $0, entry: entry) }
        }
        sdcs += pins.map { ($0.pin.sdc, $0.entry) } + prohibitions.map { ($0.rule.sdc, $0.entry) }
        Self.checkConflicts(pins)
        let freeze = root.object("freeze", required: false)
        freeze?.check(keys: ["before"])
        self.sdcs = sdcs
        rules = ItemRules(
            pins: pins.map(\.pin), prohibitions: prohibitions.map(\.rule),
            freezeBefore: freeze?.time("before"),
            base: Self.source(root, "base"),
            history: Self.source(root, "history"))
    }

    /// Notes every rule that names an SDC which is not one of `known`.
    func check(sdcs known: [ID<SDC>]) {
        let names = known.map(\.text)
        for (id, entry) in sdcs where !known.contains(id) {
            let list = names.joined(separator: ", ")
            let nearest = Spelling.nearest(to: id.text, in: names)
            entry.fault(
                "sdc", found: "\"\(id)\", which is no SDC",
                expected: nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)")
        }
    }

    private static func pin(_ entry: DocumentObject, grid: RingGrid?) -> Pin? {
        let item = item(entry, grid: grid, orKind: false)
        let sdc = entry.text("sdc", expected: "an SDC")
        let role: Role? = entry.choice("role")
        let reason = entry.text("reason", default: "")
        let until = entry.has("until") ? entry.time("until") : nil
        guard let item, let sdc, let role, let reason else { return nil }
        return Pin(item: item, sdc: ID(sdc), role: role, reason: reason, until: until)
    }

    private static func prohibition(_ entry: DocumentObject, grid: RingGrid?) -> Prohibition? {
        let sdc = entry.text("sdc", expected: "an SDC")
        let reason = entry.text("reason", default: "")
        let scope: Prohibition.Scope?
        if entry.has("kind"), !entry.has("observation"), !entry.has("tile") {
            scope = entry.text("kind").map(Prohibition.Scope.kind)
        } else {
            scope = item(entry, grid: grid, orKind: true).map(Prohibition.Scope.item)
        }
        guard let sdc, let reason, let scope else { return nil }
        return Prohibition(sdc: ID(sdc), scope: scope, reason: reason)
    }

    /// The one item that an entry names.
    private static func item(_ entry: DocumentObject, grid: RingGrid?, orKind: Bool) -> ItemID? {
        let keys = orKind ? ["observation", "tile", "kind"] : ["observation", "tile"]
        guard let key = entry.oneOf(keys), let text = entry.text(key) else { return nil }
        if key == "observation" { return .observation(ID(text)) }
        if let grid, Int(text).flatMap(grid.cell(number:)) == nil {
            let last = grid.firstNumber + grid.tileCount - 1
            entry.fault(key, expected: "a tile of the grid, \(grid.firstNumber) to \(last)")
            return nil
        }
        return .tile(ID(text))
    }

    /// Notes pins of one item that cannot hold together: each is compared with the item's first
    /// pin in either role, so that a pin has one fault at most.
    private static func checkConflicts(_ pins: [(pin: Pin, entry: DocumentObject)]) {
        var first: [ItemID: [Role: (sdc: ID<SDC>, line: Int)]] = [:]
        for (pin, entry) in pins {
            let known = first[pin.item] ?? [:]
            if let same = known[pin.role] {
                entry.fault(
                    "role", found: "\(pin.item) pinned to a second \(pin.role.rawValue)",
                    expected: "one pin for it (the other is in line \(same.line))")
                continue
            }
            if let other = known.values.first, other.sdc == pin.sdc {
                entry.fault(
                    "sdc", found: "\(pin.sdc) as primary and secondary of \(pin.item)",
                    expected: "two SDCs (the other pin is in line \(other.line))")
            }
            first[pin.item, default: [:]][pin.role] = (pin.sdc, entry.line)
        }
    }

    private static func source(_ root: DocumentObject, _ key: String) -> PlanSource {
        let text = root.text(key, default: "none") ?? "none"
        guard let source = PlanSource(text) else {
            root.fault(key, expected: "none, published, a plan.json or an assignments.csv")
            return .none
        }
        return source
    }
}
