public import GroundSegment

/// What rules out every distribution of a case before any program is solved.
public enum Obstacle: Hashable, Sendable {
    /// H4: every SDC is in a full outage when an observation arrives.
    case allOut(ItemID, arrival: MJD)
    /// H4 and H5: the rules leave an item no pair of SDCs.
    case noPair(NoPair)
    /// H2: the work of a bucket is more than the capacity of all SDCs, both in core-hours.
    case work(CoreHours, capacity: CoreHours, bucket: Int)
    /// H3: the new data with both replicas are more than is free at all SDCs.
    case volume(Terabytes, free: Terabytes)

    /// H6: the replicas of a bucket are more than can come in, or go out, at all SDCs.
    case transfer(Terabytes, TransferDirection, most: Terabytes, bucket: Int)

    /// An item without a pair of SDCs, and what binds it.
    public struct NoPair: Hashable, Sendable {
        public enum Lack: Hashable, Sendable {
            case primary, secondary
            /// One SDC is left for both roles.
            case second
        }

        public let item: ItemID
        /// When it arrives or is ready.
        public let instant: MJD
        public let lack: Lack
        /// The SDCs that pins hold it to.
        public let primaryPin: ID<SDC>?
        public let secondaryPin: ID<SDC>?
        /// The SDCs at which it is frozen.
        public let frozen: Assignment?
        /// Where it is forbidden, sorted.
        public let forbidden: [ID<SDC>]
        /// The SDCs that are in a full outage when it arrives.
        public let outages: [ID<SDC>]
    }
}
