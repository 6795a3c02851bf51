public import GroundSegment

/// What accompanies a distribution when it is published.
public struct PublicationRequest: Hashable, Sendable {
    /// Lower-case hexadecimal digest of the plan's content, at least 8 digits.
    public var digest: String
    /// The plan.json, kept byte for byte.
    public var planJSON: String
    public var author: String
    /// Why it is published; a publication without is refused.
    public var comment: String?
    /// Release of the pipelines' software that the orders ask for.
    public var softwareRelease: String
    /// Priority of the orders; larger runs first, equal ones by release.
    public var priority: Int
    public var approval: Approval
    /// What it was made from; for a stored draft the base that is stored counts as well.
    public var base: Draft.Base
    public var running: RunningOrders
    /// The lost SDC whose work it gives to others; `nil` where it is no failover.  Of a stored
    /// draft, what was stored counts.
    public var failoverOf: ID<SDC>?
    /// Whether, in a failover, orders that the lost SDC's runner has taken are done by the SDCs that
    /// get their items, where that runner gives no sign; what it reports later is refused.
    public var takesOver: Bool
    /// Whether it becomes a new revision also where the same plan was superseded or withdrawn
    /// before; it is then checked anew against what is in force, frozen or running.
    public var again: Bool
    /// Whether nothing is published where every item of the distribution's period has the SDCs
    /// already that it would get.
    public var onlyIfChanged: Bool

    public init(
        digest: String, planJSON: String, author: String, comment: String? = nil,
        softwareRelease: String = "1.0", priority: Int = 0, approval: Approval = .given,
        base: Draft.Base = .newest, running: RunningOrders = .refuse,
        failoverOf: ID<SDC>? = nil, takesOver: Bool = false, again: Bool = false,
        onlyIfChanged: Bool = false
    ) {
        self.digest = digest
        self.planJSON = planJSON
        self.author = author
        self.comment = comment
        self.softwareRelease = softwareRelease
        self.priority = priority
        self.approval = approval
        self.base = base
        self.running = running
        self.failoverOf = failoverOf
        self.takesOver = takesOver
        self.again = again
        self.onlyIfChanged = onlyIfChanged
    }

    /// Who answers for the distribution.
    public enum Approval: Hashable, Sendable {
        /// The author approves it with the publication, in one step; for a catalogue of one's own.
        case given
        /// Exactly this digest has been approved before; for good, also where it was published
        /// and superseded or withdrawn since.
        case required
    }
}

/// What becomes of items that would move while a runner has their order.
public enum RunningOrders: String, Hashable, Sendable, CaseIterable {
    /// The order stays where it is and is marked; the item moves.
    case keep
    /// Nothing is published.
    case refuse
}

/// What became of a publication.
public enum PublicationResult: Hashable, Sendable {
    case published(Publication)
    /// This distribution is in force already, for all of its period; nothing was changed.
    case alreadyPublished(PublishedPlan)
    /// Every item has the same SDCs already, by the revision of that number as the newest; nothing
    /// was changed.
    case sameAssignments(revision: Int)
}

/// A publication that took place, or would.
public struct Publication: Hashable, Sendable {
    /// Counts the publications of the survey from 1.
    public let revision: Int
    public let orders: OrderCounts
    /// New, moved and dropped items.
    public let changed: ChangeCounts

    /// What a publication did to the processing orders.
    public struct OrderCounts: Hashable, Sendable {
        public let created: Int
        /// Allocated ones that the distribution does not change.
        public let kept: Int
        /// Allocated ones that it replaces or drops.
        public let withdrawn: Int
        /// Taken or ended ones, which stay as they are.
        public let untouched: Int
        /// Those of the untouched ones that a runner has and whose item moves or is dropped.
        public let overtaken: Int
        /// Those of the kept ones that operators moved to another SDC, where they stay.
        public let reassigned: Int
        /// Those of the withdrawn ones that operators had moved to another SDC: their items' new
        /// orders run at the SDCs of the distribution.
        public let returned: Int
        /// Those of the withdrawn ones that a lost SDC's runner had taken and will not report.
        public let takenOver: Int
    }

    /// How many items a publication gave other SDCs.
    public struct ChangeCounts: Hashable, Sendable {
        public let new: Int
        public let moved: Int
        public let dropped: Int

        /// Whether no item has other SDCs.
        public var isEmpty: Bool { new == 0 && moved == 0 && dropped == 0 }
    }
}
