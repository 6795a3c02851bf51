import GroundSegment

/// The SDCs of all observations and tiles, by their places in the problem's lists.
public struct Placement: Hashable, Sendable {
    public var observationPrimary: [UInt8]
    public var observationSecondary: [UInt8]
    public var tilePrimary: [UInt8]
    public var tileSecondary: [UInt8]

    public init(
        observationPrimary: [UInt8], observationSecondary: [UInt8], tilePrimary: [UInt8],
        tileSecondary: [UInt8]
    ) {
        self.observationPrimary = observationPrimary
        self.observationSecondary = observationSecondary
        self.tilePrimary = tilePrimary
        self.tileSecondary = tileSecondary
    }
}
