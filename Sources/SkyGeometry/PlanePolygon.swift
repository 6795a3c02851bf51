/// A polygon in a tangent plane, where great circles are straight.
struct PlanePolygon {
    private(set) var points: [(x: Double, y: Double)]

    /// `polygon` seen from `plane`; `nil` where a corner is more than 60 degrees away.
    init?(_ polygon: ConvexPolygon, on plane: TangentPlane) {
        points = []
        points.reserveCapacity(polygon.corners.count)
        for corner in polygon.corners {
            guard let point = plane.project(corner) else { return nil }
            points.append(point)
        }
    }

    /// The area, positive where the corners run anticlockwise (shoelace formula).
    var signedArea: Double {
        var twice = 0.0
        var last = points[points.count - 1]
        for point in points {
            twice += last.x * point.y - point.x * last.y
            last = point
        }
        return twice / 2
    }

    /// The part of this polygon that lies within `window`, which must be convex.
    ///
    /// Sutherland & Hodgman 1974, CACM 17, 32: clipped by each side of the window in turn.
    /// `nil` where nothing is left.
    func clipped(to window: PlanePolygon) -> PlanePolygon? {
        let sense = window.signedArea < 0 ? -1.0 : 1.0
        var result = self
        var from = window.points[window.points.count - 1]
        for to in window.points {
            result.clip {
                sense * ((to.x - from.x) * ($0.y - from.y) - (to.y - from.y) * ($0.x - from.x))
            }
            guard result.points.count >= 3 else { return nil }
            from = to
        }
        return result
    }

    /// Keeps the side where `distance` is not negative.
    private mutating func clip(_ distance: ((x: Double, y: Double)) -> Double) {
        var kept: [(x: Double, y: Double)] = []
        kept.reserveCapacity(points.count + 1)
        var last = points[points.count - 1]
        var lastDistance = distance(last)
        for point in points {
            let here = distance(point)
            if (lastDistance >= 0) != (here >= 0) {
                let t = lastDistance / (lastDistance - here)
                kept.append((last.x + t * (point.x - last.x), last.y + t * (point.y - last.y)))
            }
            if here >= 0 { kept.append(point) }
            last = point
            lastDistance = here
        }
        points = kept
    }
}
