/// The polygons of a path of relative moves and lines, read back for tests.
struct DrawnPath {
    private(set) var polygons: [[(x: Double, y: Double)]] = []

    init(_ text: String) {
        var at = (x: 0.0, y: 0.0)
        for part in text.split(separator: "m") {
            var points: [(x: Double, y: Double)] = []
            for command in ("m" + part).matches(of: /([mlhv])([-0-9 ]+)/) {
                let numbers = command.output.2.replacing("-", with: " -").split(separator: " ")
                    .compactMap { Double($0) }
                switch command.output.1 {
                case "h": at.x += numbers[0]
                case "v": at.y += numbers[0]
                default: at = (at.x + numbers[0], at.y + numbers[1])
                }
                points.append(at)
            }
            polygons.append(points)
            at = points[0]
        }
    }

    /// The sum of the polygons' areas.
    var area: Double {
        polygons.reduce(0) { sum, points in
            let twice = zip(points, points.dropFirst() + points.prefix(1)).reduce(0.0) {
                $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y
            }
            return sum + abs(twice) / 2
        }
    }

    /// The widest polygon, in units.
    var widest: Double {
        polygons.map { points in
            (points.map(\.x).max() ?? 0) - (points.map(\.x).min() ?? 0)
        }.max() ?? 0
    }
}
