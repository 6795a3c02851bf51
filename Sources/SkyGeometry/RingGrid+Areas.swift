import Glibc

/// A box in right ascension and declination, half-open: it holds its western and southern edge.
public struct SkyBox: Hashable, Sendable {
    /// Western edge, 0..<360 degrees.
    public let west: Double
    /// Eastern edge, degrees; beyond `west`, and not above 360.
    public let east: Double
    /// Southern edge, degrees.
    public let south: Double
    /// Northern edge, degrees; the pole itself counts where it is 90.
    public let north: Double

    public init(west: Double, east: Double, south: Double, north: Double) {
        self.west = west
        self.east = east
        self.south = south
        self.north = north
    }

    /// Whether the box holds `position`.
    public func contains(_ position: SkyPosition) -> Bool {
        position.ra >= west && position.ra < east && position.dec >= south
            && (position.dec < north || (north == 90 && position.dec == 90))
    }
}

extension RingGrid {
    /// The centre of a tile; the polar caps' is at RA 0.
    public func centre(_ cell: Cell) -> SkyPosition {
        let n = count(ring: cell.ring)
        let ra = n > 1 ? (Double(cell.place) + 0.5) * 360 / Double(n) : 0
        return SkyPosition(ra: ra, dec: declination(ring: cell.ring))
    }

    /// The inner area of a tile: what it owns of the sky.
    public func core(_ cell: Cell) -> SkyBox {
        let n = Double(count(ring: cell.ring))
        let dec = declination(ring: cell.ring)
        return SkyBox(
            west: Double(cell.place) * 360 / n, east: Double(cell.place + 1) * 360 / n,
            south: max(-90, dec - step / 2), north: min(90, dec + step / 2))
    }

    /// The outer area of a tile, in the tangent plane at its centre: half as wide as the core
    /// at its edge nearer the equator plus the margin, half as high as `step` / 2 plus the
    /// margin.  Above |Dec| 88 degrees it may miss a little of a wide tile's curved core.
    public func outerArea(_ cell: Cell) -> ConvexPolygon {
        let n = count(ring: cell.ring)
        let centre = centre(cell)
        let nearer = max(0, abs(centre.dec) - step / 2)
        let half = n > 1 ? 180 / Double(n) * cos(radians(nearer)) : step / 2
        let plane = TangentPlane(longitude: centre.ra, latitude: centre.dec)
        return ConvexPolygon(
            corners: plane.rectangle(
                x: tan(radians(half + margin)), y: tan(radians(step / 2 + margin)), angle: 0))
    }

    /// The tile whose core holds `position`.
    public func cell(at position: SkyPosition) -> Cell {
        let ring = min(
            ringCount - 1, max(0, Int(((position.dec + 90) / step + 0.5).rounded(.down))))
        let n = count(ring: ring)
        return Cell(ring: ring, place: min(n - 1, Int(position.ra / 360 * Double(n))))
    }

    /// The tiles whose outer area may reach into a cap of `radius` degrees around `position`.
    ///
    /// The grid is its own spatial index: rings by declination, places by right ascension.
    public func cells(around position: SkyPosition, radius: Double) -> [Cell] {
        let reach = radius + 1.5 * (step / 2 + margin) + 0.02
        let first = max(0, Int(((position.dec - reach + 90) / step).rounded(.down)))
        let last = min(ringCount - 1, Int(((position.dec + reach + 90) / step).rounded(.up)))
        let widest = min(89.99, abs(position.dec) + reach)
        var cells: [Cell] = []
        for ring in first...last {
            let n = count(ring: ring)
            let span = (reach / max(cos(radians(widest)), 1e-3) / 360 * Double(n)).rounded(.up)
            let here = Int(position.ra / 360 * Double(n))
            if 2 * (Int(span) + 1) + 1 >= n {
                cells += (0..<n).map { Cell(ring: ring, place: $0) }
            } else {
                for offset in -(Int(span) + 1)...(Int(span) + 1) {
                    cells.append(Cell(ring: ring, place: ((here + offset) % n + n) % n))
                }
            }
        }
        return cells
    }
}
