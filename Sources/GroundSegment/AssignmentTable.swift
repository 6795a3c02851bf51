/// Items with their SDCs, as an assignments.csv has them: a distribution of which nothing else is
/// known.
public struct AssignmentTable: Sendable, Hashable {
    /// An item with its SDCs.
    public struct Row: Sendable, Hashable {
        public let item: ItemID
        public let assignment: Assignment
        /// The name of its bucket, the bucket's first day; empty where the table does not say.
        public let bucket: String

        public init(item: ItemID, assignment: Assignment, bucket: String = "") {
            self.item = item
            self.assignment = assignment
            self.bucket = bucket
        }
    }

    /// In the table's order, each item once.
    public let rows: [Row]

    public init(rows: [Row]) {
        self.rows = rows
    }

    /// The rows by item, the first of equals.
    public var byItem: [ItemID: Row] {
        Dictionary(rows.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
