public import GroundSegment

/// A product with the SDCs whose storage holds it for good.
public struct HeldProduct: Hashable, Sendable {
    public let product: Product
    /// Sorted by identifier.
    public let sdcs: [ID<SDC>]
}
