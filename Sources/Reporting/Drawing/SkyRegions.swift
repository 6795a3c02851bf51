/// A hemisphere's tiles in groups that lie together, each to be drawn again at a larger scale.
///
/// The groups' frames do not overlap: groups whose frames would are one, and what is too large
/// for a drawing is cut.
struct SkyRegions {
    /// A part of the hemisphere's drawing.
    struct Frame: Hashable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double

        var width: Double { right - left }
        var height: Double { bottom - top }

        func overlaps(_ other: Frame) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    struct Region {
        /// Indices of the points in it.
        let points: [Int]
        let frame: Frame
        /// `N1`.
        let name: String
    }

    /// In reading order.
    let regions: [Region]

    /// Pixels of an enlargement in a unit of the drawing, the largest first.
    private static let scales = [8.0, 6.5, 5, 4]
    /// Where there would be more enlargements, they are drawn smaller.
    private static let most = 12
    /// Side of an enlargement at most, pixels.
    private static let side = 400.0
    /// Half of what a tile takes, and a little room.
    private static let margin = 1.2
    /// Side of the cells by which neighbourhood is judged: about three degrees.
    private static let cell = 8.0

    /// The scale for the points of all drawings, pixels in a unit.
    static func scale(for drawings: [[(x: Double, y: Double)]]) -> Double {
        // Only the cutting depends on the scale.
        let groups = drawings.flatMap { points in
            apart(neighbours(points), points).map { (group: $0, points: points) }
        }
        return scales.first { scale in
            groups.reduce(0) { $0 + cut($1.group, $1.points, to: side / scale).count } <= most
        } ?? scales[scales.count - 1]
    }

    init(_ points: [(x: Double, y: Double)], name: String, scale: Double) {
        regions = Self.groups(points, scale: scale).map { group in
            (group, Self.frame(of: group, points))
        }.sorted {
            ($0.1.top.rounded(), $0.1.left, $0.0[0]) < ($1.1.top.rounded(), $1.1.left, $1.0[0])
        }.enumerated().map { place, entry in
            Region(points: entry.0, frame: entry.1, name: "\(name)\(place + 1)")
        }
    }

    private static func groups(
        _ points: [(x: Double, y: Double)], scale: Double
    ) -> [[Int]] {
        apart(neighbours(points), points).flatMap { cut($0, points, to: side / scale) }
    }

    /// Joins groups until no two frames overlap.
    private static func apart(
        _ groups: [[Int]], _ points: [(x: Double, y: Double)]
    ) -> [[Int]] {
        var done: [(group: [Int], frame: Frame)] = []
        for group in groups {
            var next = (group: group, frame: frame(of: group, points))
            while let place = done.firstIndex(where: { $0.frame.overlaps(next.frame) }) {
                let joined = (done.remove(at: place).group + next.group).sorted()
                next = (joined, frame(of: joined, points))
            }
            done.append(next)
        }
        return done.map(\.group)
    }

    /// Cuts a group across its longer side until each part has room.
    private static func cut(
        _ group: [Int], _ points: [(x: Double, y: Double)], to limit: Double
    ) -> [[Int]] {
        let frame = frame(of: group, points)
        guard max(frame.width, frame.height) > limit else { return [group] }
        let isWide = frame.width >= frame.height
        let middle =
            isWide ? (frame.left + frame.right) / 2 : (frame.top + frame.bottom) / 2
        let first = group.filter { (isWide ? points[$0].x : points[$0].y) < middle }
        let second = group.filter { (isWide ? points[$0].x : points[$0].y) >= middle }
        return [first, second].filter { !$0.isEmpty }.flatMap { cut($0, points, to: limit) }
    }

    private static func frame(of group: [Int], _ points: [(x: Double, y: Double)]) -> Frame {
        let (xs, ys) = (group.map { points[$0].x }, group.map { points[$0].y })
        return Frame(
            left: (xs.min() ?? 0) - margin, top: (ys.min() ?? 0) - margin,
            right: (xs.max() ?? 0) + margin, bottom: (ys.max() ?? 0) + margin)
    }

    /// The points in groups of adjacent cells, each in ascending order.
    private static func neighbours(_ points: [(x: Double, y: Double)]) -> [[Int]] {
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
            self.init(
                column: Int((point.x / cell).rounded(.down)),
                row: Int((point.y / cell).rounded(.down)))
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
}
