public import GroundSegment

/// A distribution that is proposed to the catalogue.
public struct Draft: Hashable, Sendable {
    public var distribution: Distribution
    /// Lower-case hexadecimal digest of the plan's content, at least 8 digits.
    public var digest: String
    /// The plan.json, kept byte for byte.
    public var planJSON: String
    /// Who proposes it.
    public var actor: String
    public var comment: String?
    /// What it was made from.
    public var base: Base
    /// The lost SDC whose work it gives to others; `nil` where it is no failover.
    public var failoverOf: ID<SDC>?
    /// Whether it is proposed also where the same plan was superseded or withdrawn before.
    public var again: Bool

    public init(
        distribution: Distribution, digest: String, planJSON: String, actor: String,
        comment: String? = nil, base: Base = .newest, failoverOf: ID<SDC>? = nil,
        again: Bool = false
    ) {
        self.distribution = distribution
        self.digest = digest
        self.planJSON = planJSON
        self.actor = actor
        self.comment = comment
        self.base = base
        self.failoverOf = failoverOf
        self.again = again
    }

    /// The published distribution that a new one was made from.
    public enum Base: Hashable, Sendable {
        /// Whatever is the survey's newest published one when the draft is stored.
        case newest
        /// None: the survey had nothing published.
        case nothing
        /// The one of this digest, which has to be the survey's newest.
        case digest(String)
        /// The one of this digest, which has to be the newest of those whose period meets the
        /// draft's; what is published for other periods does not count.
        case planned(String)
    }
}
