public import GroundSegment
import PostgreSQL

/// An item that a publication gave other SDCs.
public struct OwnershipChange: Hashable, Sendable {
    public let item: ItemID
    /// `nil` for a new item.
    public let previous: Assignment?
    /// `nil` for a dropped item.
    public let assignment: Assignment?
    /// Why it differs from the base, where the plan says so.
    public let cause: ChangeCause?

    /// The columns that `init(row:)` reads, of `sgs.ownership_change c` and `sgs.item i`.
    static let columns = """
        i.kind, i.id, c.previous_primary, c.previous_secondary, c.primary_sdc, c.secondary_sdc,
        c.cause
        """

    init(row: Row) throws {
        func assignment(_ primary: String, _ secondary: String) throws -> Assignment? {
            guard try row.decode(primary, as: String?.self) != nil,
                try row.decode(secondary, as: String?.self) != nil
            else { return nil }
            return try Assignment(row: row, primary: primary, secondary: secondary)
        }
        item = try ItemID(row: row)
        previous = try assignment("previous_primary", "previous_secondary")
        self.assignment = try assignment("primary_sdc", "secondary_sdc")
        cause = try ChangeCause(row: row)
    }
}
