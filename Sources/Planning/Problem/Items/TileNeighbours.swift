public import GroundSegment
import SkyGeometry

/// Which tiles lie side by side on the sky: their inner areas share an edge or a part of one.
///
/// Known of tiles of a ring grid; a tile whose inner area is a polygon has none.
public struct TileNeighbours: Sendable {
    /// Two tiles by their places in the list, the lower one first.
    struct Pair: Hashable, Comparable, Sendable {
        let first: Int
        let second: Int

        static func < (left: Pair, right: Pair) -> Bool {
            (left.first, left.second) < (right.first, right.second)
        }
    }

    /// Each pair once, ascending.
    let pairs: [Pair]

    /// Edges that are nearer than this are one, degrees.
    private static let tolerance = 1e-7

    /// A tile on its ring.
    private struct Place {
        let tile: Int
        let box: SkyBox
    }

    /// The pairs of neighbours among `tiles`.
    init(_ tiles: [Tile]) {
        var rings: [Int: [Place]] = [:]
        for (tile, entry) in tiles.enumerated() {
            guard case .box(let box) = entry.core else { continue }
            rings[Self.edge(box.south), default: []].append(Place(tile: tile, box: box))
        }
        rings = rings.mapValues { $0.sorted { $0.box.west < $1.box.west } }
        var found: Set<Pair> = []
        func add(_ one: Place, _ other: Place) {
            guard one.tile != other.tile else { return }
            found.insert(
                Pair(first: min(one.tile, other.tile), second: max(one.tile, other.tile)))
        }
        for ring in rings.values {
            for (one, next) in zip(ring, ring.dropFirst()) where Self.touch(one, next) {
                add(one, next)
            }
            // The last tile before RA 0 and the first one after it.
            if let last = ring.last, let first = ring.first,
                last.box.east > 360 - Self.tolerance, first.box.west < Self.tolerance
            {
                add(last, first)
            }
            guard let above = rings[Self.edge(ring[0].box.north)] else { continue }
            var start = 0
            for place in ring {
                while start < above.count, above[start].box.east < place.box.west + Self.tolerance {
                    start += 1
                }
                var next = start
                while next < above.count, above[next].box.west < place.box.east - Self.tolerance {
                    add(place, above[next])
                    next += 1
                }
            }
        }
        pairs = found.sorted()
    }

    private static func edge(_ degrees: Double) -> Int { Int((degrees / tolerance / 10).rounded()) }

    private static func touch(_ one: Place, _ next: Place) -> Bool {
        abs(one.box.east - next.box.west) < tolerance
    }
}

/// How compact a distribution is: how many pairs of neighbouring tiles have different primaries.
public struct TileBorders: Hashable, Sendable {
    /// Pairs of tiles that lie side by side.
    public let neighbours: Int
    /// Those of them whose primaries are different SDCs.
    public let apart: Int

    /// Those of a distribution.
    public init(_ distribution: Distribution) {
        let pairs = TileNeighbours(distribution.tiles.map(\.tile)).pairs
        let primaries = distribution.tiles.map(\.assignment.primary)
        neighbours = pairs.count
        apart = pairs.count { primaries[$0.first] != primaries[$0.second] }
    }
}

extension Plan {
    /// How compact its tiles' primaries are.
    public var borders: TileBorders { TileBorders(distribution) }
}
