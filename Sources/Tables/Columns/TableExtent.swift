/// How much of what was asked for a table holds.
public struct TableExtent: Hashable, Sendable {
    /// How many rows there are in all; `nil` where they were not counted.
    public let total: Int?
    /// The address of the rows that follow; `nil` where these are the last.
    public let next: String?

    public init(total: Int?, next: String?) {
        self.total = total
        self.next = next
    }
}
