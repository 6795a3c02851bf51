public import SkyGeometry

/// A sky tile, the unit of the tile pipeline (MER).
public struct Tile: Hashable, Sendable {
    public let id: ID<Tile>
    public let centre: SkyPosition
    /// What the tile owns of the sky; the cores of all tiles partition it.
    public let core: TileCore
    /// What the pipeline needs data for.
    public let outer: ConvexPolygon

    public init(id: ID<Tile>, centre: SkyPosition, core: TileCore, outer: ConvexPolygon) {
        self.id = id
        self.centre = centre
        self.core = core
        self.outer = outer
    }
}

/// The inner area of a tile.
public enum TileCore: Hashable, Sendable {
    /// On a ring grid.
    case box(SkyBox)
    /// Anywhere else.
    case polygon(ConvexPolygon)

    /// Whether the tile owns `position`.
    public func contains(_ position: SkyPosition) -> Bool {
        switch self {
        case .box(let box): box.contains(position)
        case .polygon(let polygon): polygon.contains(position.vector)
        }
    }
}
