public import GroundSegment

/// A hard rule by name (DISTRIBUTION section 2): what a distribution may not break, and where it
/// is written.
public enum HardRule: Hashable, Sendable {
    /// H2 in a bucket.
    case capacity(ID<SDC>, bucket: Int)
    /// H3.
    case storage(ID<SDC>)
    /// H6 in a bucket.
    case transfer(ID<SDC>, TransferDirection, bucket: Int)
    /// H4 in one full outage.
    case outage(ID<SDC>, MaintenanceWindow)
    /// H5: pins of like items to one SDC in one role; at least one.
    case pins([Pin])
    /// H5: prohibitions of like items at one SDC; at least one.
    case prohibitions([Prohibition])
    /// H5: items of one bucket that keep an SDC in a role, because they are frozen; at least one.
    case frozen(ID<SDC>, Role, [ItemID])
}
