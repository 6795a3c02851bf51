/// What accompanies a distribution when it is published.
public struct PublicationRequest: Hashable, Sendable {
    /// Lower-case hexadecimal digest of the plan's content, at least 8 digits.
    public var digest: String
    /// The plan.json, kept byte for byte.
    public var planJSON: String
    public var author: String
    public var comment: String?
    /// Release of the pipelines' software that the orders ask for.
    public var softwareRelease: String
    /// Priority of the orders; larger runs first, equal ones by release.
    public var priority: Int

    public init(
        digest: String, planJSON: String, author: String, comment: String? = nil,
        softwareRelease: String = "1.0", priority: Int = 0
    ) {
        self.digest = digest
        self.planJSON = planJSON
        self.author = author
        self.comment = comment
        self.softwareRelease = softwareRelease
        self.priority = priority
    }
}

/// What became of a publication.
public enum PublicationResult: Hashable, Sendable {
    case published(Publication)
    /// The survey has this distribution already; nothing was changed.
    case alreadyPublished(PublishedPlan)
}

/// A publication that took place.
public struct Publication: Hashable, Sendable {
    /// Counts the publications of the survey from 1.
    public let revision: Int
    public let orders: OrderCounts

    /// What a publication did to the processing orders.
    public struct OrderCounts: Hashable, Sendable {
        public let created: Int
        /// Allocated ones that the distribution does not change.
        public let kept: Int
        /// Allocated ones that it replaces or drops.
        public let withdrawn: Int
        /// Taken or ended ones, which stay as they are.
        public let untouched: Int
    }
}
