public import SkyGeometry

/// A part of the sky that a coverage is made of.
public enum SkyArea: Hashable, Sendable {
    /// Between two meridians and two parallels, as the inner area of a ring grid's tile.
    case box(SkyBox)
    /// A convex polygon of great circles, as the footprint of an observation.
    case polygon(ConvexPolygon)
}
