/// The data of an SVG path, written short: whole numbers, relative moves, lines across and
/// down by one number.
struct PathData {
    private(set) var text = ""
    private var start = (x: 0, y: 0)

    /// Adds a closed polygon; points that fall together count once.
    mutating func addPolygon(_ points: [(x: Double, y: Double)]) {
        let corners = Self.rounded(points)
        guard corners.count >= 3, let first = corners.first else { return }
        begin(at: first)
        addLines(through: corners)
        text += "z"
        start = first
    }

    /// Adds an open line.
    mutating func addLine(_ points: [(x: Double, y: Double)]) {
        let corners = Self.rounded(points)
        guard corners.count >= 2, let first = corners.first, let last = corners.last else { return }
        begin(at: first)
        addLines(through: corners)
        start = last
    }

    private static func rounded(_ points: [(x: Double, y: Double)]) -> [(x: Int, y: Int)] {
        var corners: [(x: Int, y: Int)] = []
        for point in points {
            let corner = (x: Int(point.x.rounded()), y: Int(point.y.rounded()))
            if let last = corners.last, last == corner { continue }
            corners.append(corner)
        }
        return corners
    }

    private mutating func begin(at point: (x: Int, y: Int)) {
        text += "m" + Self.pair(point.x - start.x, point.y - start.y)
    }

    private mutating func addLines(through corners: [(x: Int, y: Int)]) {
        for (from, to) in zip(corners, corners.dropFirst()) {
            let (x, y) = (to.x - from.x, to.y - from.y)
            text += y == 0 ? "h\(x)" : x == 0 ? "v\(y)" : "l" + Self.pair(x, y)
        }
    }

    /// A minus sign sets numbers apart as well as a space does.
    private static func pair(_ x: Int, _ y: Int) -> String { y < 0 ? "\(x)\(y)" : "\(x) \(y)" }
}
