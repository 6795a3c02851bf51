import GroundSegment
import SkyGeometry

/// The parts of the sky in which tiles lie together and which are small on the map of the whole
/// sky, to be drawn again at a larger scale.
struct MapRegions {
    /// A part of the map.
    struct Region {
        /// The places of its tiles in the distribution.
        let tiles: [Int]
        /// What is drawn, in the map's units.
        let frame: (x: Double, y: Double, width: Double, height: Double)
        let name: String
    }

    /// By number of tiles, largest first; named A, B, C.
    let regions: [Region]
    /// The tiles of no region.
    let others: [Int]

    /// Side of the cells by which neighbourhood is judged, in the map's units.
    private static let cell = 12.0
    private static let most = 6
    /// Parts wider than this are legible on the map itself.
    private static let widest = 260.0

    /// The regions of tiles whose centres lie at `points` of the map.
    init(_ points: [(x: Double, y: Double)]) {
        var regions: [Region] = []
        var others: [Int] = []
        let groups = Self.groups(points).sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
        for group in groups {
            let frame = Self.frame(group.map { points[$0] })
            let isSmall = group.count * 50 < points.count
            if regions.count == Self.most || isSmall || frame.width > Self.widest {
                others += group
                continue
            }
            let name = String(UnicodeScalar(UInt8(65 + regions.count)))
            regions.append(Region(tiles: group, frame: frame, name: name))
        }
        self.regions = regions
        self.others = others.sorted()
    }

    /// The tiles in groups of adjacent cells, each in ascending order.
    private static func groups(_ points: [(x: Double, y: Double)]) -> [[Int]] {
        var cells: [Place: [Int]] = [:]
        for (index, point) in points.enumerated() {
            cells[Place(point), default: []].append(index)
        }
        var groups: [[Int]] = []
        for start in cells.keys.sorted() {
            guard let first = cells.removeValue(forKey: start) else { continue }
            var group = first
            var open = [start]
            while let place = open.popLast() {
                for neighbour in place.neighbours {
                    guard let more = cells.removeValue(forKey: neighbour) else { continue }
                    group += more
                    open.append(neighbour)
                }
            }
            groups.append(group.sorted())
        }
        return groups
    }

    private struct Place: Hashable, Comparable {
        let column: Int
        let row: Int

        init(_ point: (x: Double, y: Double)) {
            self.init(column: Int(point.x / cell), row: Int(point.y / cell))
        }

        init(column: Int, row: Int) {
            self.column = column
            self.row = row
        }

        var neighbours: [Place] {
            (-1...1).flatMap { across in
                (-1...1).map { Place(column: column + across, row: row + $0) }
            }
        }

        static func < (left: Place, right: Place) -> Bool {
            (left.row, left.column) < (right.row, right.column)
        }
    }

    /// A frame of 4 by 3 around the points, with a margin.
    private static func frame(
        _ points: [(x: Double, y: Double)]
    ) -> (x: Double, y: Double, width: Double, height: Double) {
        let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
        let (top, bottom) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
        let height = max(bottom - top + 8, (right - left + 8) * 0.75)
        let width = height / 0.75
        return ((left + right - width) / 2, (top + bottom - height) / 2, width, height)
    }
}
