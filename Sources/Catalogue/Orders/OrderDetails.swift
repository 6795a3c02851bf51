public import GroundSegment

/// All that the catalogue knows of one processing order.
public struct OrderDetails: Hashable, Sendable {
    public let entry: OrderEntry
    /// What it needs, by item.
    public let inputs: [InputOrder]
    /// How it ended each time, oldest first.
    public let reports: [RecordedReport]
    /// What it made, by name.
    public let products: [HeldProduct]
    /// What operators did to it, oldest first.
    public let events: [OrderEvent]
    /// Each time that a runner took it, oldest first.
    public let takings: [OrderTaking]
    /// What plans did to it, in order.
    public let publications: [OrderPublication]

    public init(
        entry: OrderEntry, inputs: [InputOrder] = [], reports: [RecordedReport] = [],
        products: [HeldProduct] = [], events: [OrderEvent] = [], takings: [OrderTaking] = [],
        publications: [OrderPublication] = []
    ) {
        self.entry = entry
        self.inputs = inputs
        self.reports = reports
        self.products = products
        self.events = events
        self.takings = takings
        self.publications = publications
    }

    /// The operator's wish that its runner stops it; `nil` where there is none.
    public var cancellation: OrderEvent? {
        guard entry.state == .executing else { return nil }
        return events.first { $0.kind == .cancel && $0.taken == entry.taken }
    }
}

/// An item that an order needs, with the order that makes its products.
public struct InputOrder: Hashable, Sendable {
    /// Where the order is that makes an item's products.
    public struct Producer: Hashable, Sendable {
        public let id: ID<ProcessingOrder>
        public let sdc: ID<SDC>
        public let state: OrderState
        public let release: MJD
        /// What its last report says; may be empty.
        public let message: String
        /// Whether the item is an observation whose data will never come.
        public let isLost: Bool

        public init(
            id: ID<ProcessingOrder>, sdc: ID<SDC>, state: OrderState, release: MJD,
            message: String = "", isLost: Bool = false
        ) {
            self.id = id
            self.sdc = sdc
            self.state = state
            self.release = release
            self.message = message
            self.isLost = isLost
        }
    }

    public let item: ItemID
    /// `nil` where no order makes it.
    public let producer: Producer?

    public init(item: ItemID, producer: Producer?) {
        self.item = item
        self.producer = producer
    }
}

/// How an order ended once, as its runner told.
public struct RecordedReport: Hashable, Sendable {
    /// How often the order had been taken by then.
    public let taken: Int
    public let attempt: Int
    /// `complete`, `fail` or `abort`.
    public let event: String
    public let window: TimeWindow
    public let message: String
    public let reportedAt: MJD
    /// In order of their ends.
    public let steps: [StepReport]
    public let transfers: [Transfer]

    public init(
        taken: Int, attempt: Int, event: String, window: TimeWindow, message: String,
        reportedAt: MJD, steps: [StepReport], transfers: [Transfer]
    ) {
        self.taken = taken
        self.attempt = attempt
        self.event = event
        self.window = window
        self.message = message
        self.reportedAt = reportedAt
        self.steps = steps
        self.transfers = transfers
    }
}

/// What an operator did to an order.
public struct OrderEvent: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case retry, withdraw, cancel, priority, reassign
    }

    public let kind: Kind
    /// How often the order had been taken by then.
    public let taken: Int
    /// The priority that it was given.
    public let priority: Int?
    /// The SDC that it was moved to.
    public let destination: ID<SDC>?
    public let actor: String
    public let comment: String
    public let instant: MJD

    public init(
        kind: Kind, taken: Int, priority: Int? = nil, destination: ID<SDC>? = nil, actor: String,
        comment: String, instant: MJD
    ) {
        self.kind = kind
        self.taken = taken
        self.priority = priority
        self.destination = destination
        self.actor = actor
        self.comment = comment
        self.instant = instant
    }
}
