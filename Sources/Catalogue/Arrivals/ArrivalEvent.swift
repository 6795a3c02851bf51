public import GroundSegment

/// What somebody said about the data of an observation.
public struct ArrivalEvent: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// They came.
        case arrived
        /// They never will: the observation was not made, or its data are lost.
        case lost
        /// They are expected after all.
        case expected
    }

    public let observation: ID<Observation>
    public let kind: Kind
    public let actor: String
    /// Why; may be empty.
    public let comment: String
    public let instant: MJD

    public init(
        observation: ID<Observation>, kind: Kind, actor: String, comment: String, instant: MJD
    ) {
        self.observation = observation
        self.kind = kind
        self.actor = actor
        self.comment = comment
        self.instant = instant
    }
}
