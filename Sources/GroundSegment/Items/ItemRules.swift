/// An item by kind and identifier.
public enum ItemID: Hashable, Sendable, CustomStringConvertible {
    case observation(ID<Observation>)
    case tile(ID<Tile>)
    /// Of a campaign's jobs that differ by their number alone.
    case number(Int)
    /// Everything of a campaign, by its name.
    case campaign(String)

    public var kind: ItemKind {
        switch self {
        case .observation: .observation
        case .tile: .tile
        case .number: .number
        case .campaign: .campaign
        }
    }

    /// The identifier without its kind.
    public var text: String {
        switch self {
        case .observation(let id): id.text
        case .tile(let id): id.text
        case .number(let number): String(number)
        case .campaign(let name): name
        }
    }

    /// Kind and identifier: `tile 102154321`.
    public var description: String { "\(kind.rawValue) \(text)" }
}

/// An item held at an SDC by decision, not by the planner.
public struct Pin: Hashable, Sendable {
    public let item: ItemID
    public let sdc: ID<SDC>
    public let role: Role
    public let reason: String
    /// The pin ends by itself here: it does not bind items that arrive later.
    public let until: MJD?

    public init(item: ItemID, sdc: ID<SDC>, role: Role, reason: String = "", until: MJD? = nil) {
        self.item = item
        self.sdc = sdc
        self.role = role
        self.reason = reason
        self.until = until
    }
}

/// What an SDC may not hold: all observations of a kind, or one item.
public struct Prohibition: Hashable, Sendable {
    public enum Scope: Hashable, Sendable {
        /// Observations of this kind.
        case kind(String)
        case item(ItemID)
    }

    public let sdc: ID<SDC>
    public let scope: Scope
    public let reason: String

    public init(sdc: ID<SDC>, scope: Scope, reason: String = "") {
        self.sdc = sdc
        self.scope = scope
        self.reason = reason
    }
}

/// Where a base or earlier periods come from.
public enum PlanSource: Hashable, Sendable {
    case none
    /// What the catalogue has published for the survey.
    case published
    /// A plan.json or an assignments.csv, relative to the case.
    case file(String)

    /// What `none`, `published` or a file's name stands for; `nil` for any other text.
    public init?(_ text: String) {
        switch text {
        case "none": self = .none
        case "published": self = .published
        default:
            guard text.hasSuffix(".json") || text.hasSuffix(".csv") else { return nil }
            self = .file(text)
        }
    }
}

/// The rules of a planning request that name single items (H5), and what it builds on.
public struct ItemRules: Hashable, Sendable {
    public let pins: [Pin]
    public let prohibitions: [Prohibition]
    /// What has arrived before this instant keeps its SDCs; `nil` where nothing is frozen.
    public let freezeBefore: MJD?
    public let base: PlanSource
    public let history: PlanSource

    public init(
        pins: [Pin] = [], prohibitions: [Prohibition] = [], freezeBefore: MJD? = nil,
        base: PlanSource = .none, history: PlanSource = .none
    ) {
        self.pins = pins
        self.prohibitions = prohibitions
        self.freezeBefore = freezeBefore
        self.base = base
        self.history = history
    }
}
