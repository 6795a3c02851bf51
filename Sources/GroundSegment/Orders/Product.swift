/// A data product made by an order: a file with its size and digest.
public struct Product: Hashable, Sendable {
    /// Unique within a survey: `observation/17/frames.fits`.
    public let name: String
    public let item: ItemID
    public let order: ID<ProcessingOrder>
    public let bytes: Int
    /// Lower-case hexadecimal SHA-256 of the content.
    public let sha256: String
    /// Names of the products that it was made from.
    public let madeFrom: [String]

    public init(
        name: String, item: ItemID, order: ID<ProcessingOrder>, bytes: Int, sha256: String,
        madeFrom: [String]
    ) {
        self.name = name
        self.item = item
        self.order = order
        self.bytes = bytes
        self.sha256 = sha256
        self.madeFrom = madeFrom
    }
}

/// A product copied from one SDC to another and verified there.
public struct Transfer: Hashable, Sendable {
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// For an order at the destination; transient there.
        case copy
        /// The replica at the item's secondary.
        case replica
    }

    /// Name of the product.
    public let product: String
    public let from: ID<SDC>
    public let to: ID<SDC>
    public let purpose: Purpose
    public let bytes: Int
    /// The order that needed it or made it.
    public let order: ID<ProcessingOrder>
    public let window: TimeWindow

    public init(
        product: String, from: ID<SDC>, to: ID<SDC>, purpose: Purpose, bytes: Int,
        order: ID<ProcessingOrder>, window: TimeWindow
    ) {
        self.product = product
        self.from = from
        self.to = to
        self.purpose = purpose
        self.bytes = bytes
        self.order = order
        self.window = window
    }
}
