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

    public init(
        distribution: Distribution, digest: String, planJSON: String, actor: String,
        comment: String? = nil, base: Base = .newest
    ) {
        self.distribution = distribution
        self.digest = digest
        self.planJSON = planJSON
        self.actor = actor
        self.comment = comment
        self.base = base
    }

    /// The published distribution that a new one was made from.
    public enum Base: Hashable, Sendable {
        /// Whatever is the survey's newest published one when the draft is stored.
        case newest
        /// None: the survey had nothing published.
        case nothing
        /// The one of this digest.
        case digest(String)
    }
}
