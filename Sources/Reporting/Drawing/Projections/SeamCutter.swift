import SkyGeometry

/// Cuts polygons on the sphere where a map's seam runs through them.
struct SeamCutter {
    let projection: Mollweide

    /// Degrees in which curves are followed.
    static let step = 0.5

    /// A corner by its longitude relative to the map's middle and its declination, degrees.
    struct Corner: Equatable {
        var longitude: Double
        let dec: Double
    }

    /// The parts of `polygon` that lie in one piece on the map, sides followed in small steps.
    func pieces(of polygon: ConvexPolygon) -> [[Corner]] {
        let whole = unrolled(polygon)
        return [-360.0, 0, 360].compactMap { turn in
            let moved = whole.map { Corner(longitude: $0.longitude + turn, dec: $0.dec) }
            let piece = Self.clipped(Self.clipped(moved, to: 180, sign: 1), to: -180, sign: -1)
            return piece.count >= 3 ? Self.refined(piece) : nil
        }
    }

    /// The same outline with corners close enough to follow a meridian's curve.
    private static func refined(_ corners: [Corner]) -> [Corner] {
        zip(corners, corners.dropFirst() + corners.prefix(1)).flatMap { from, to -> [Corner] in
            let count = max(1, Int((abs(to.dec - from.dec) / step).rounded(.up)))
            return (0..<count).map {
                let part = Double($0) / Double(count)
                return Corner(
                    longitude: from.longitude + part * (to.longitude - from.longitude),
                    dec: from.dec + part * (to.dec - from.dec))
            }
        }
    }

    /// The boundary with longitudes that never jump; one that runs around a pole is closed over
    /// it.
    private func unrolled(_ polygon: ConvexPolygon) -> [Corner] {
        var result: [Corner] = []
        for vector in boundary(polygon) {
            let position = SkyPosition(vector)
            var corner = Corner(longitude: projection.longitude(position.ra), dec: position.dec)
            if let last = result.last { corner.longitude = Self.nearest(corner, to: last) }
            result.append(corner)
        }
        guard let first = result.first, let last = result.last else { return [] }
        let turn = Self.nearest(first, to: last) - first.longitude
        guard abs(turn) > 180 else { return result }
        let pole: Double = polygon.centre.z < 0 ? -90 : 90
        return result + [
            Corner(longitude: first.longitude + turn, dec: first.dec),
            Corner(longitude: first.longitude + turn, dec: pole),
            Corner(longitude: first.longitude, dec: pole),
        ]
    }

    private func boundary(_ polygon: ConvexPolygon) -> [UnitVector] {
        polygon.corners.indices.flatMap { index -> [UnitVector] in
            let from = polygon.corners[index]
            let to = polygon.corners[(index + 1) % polygon.corners.count]
            let count = max(1, Int((from.separation(from: to) / Self.step).rounded(.up)))
            return (0..<count).map { step in
                let part = Double(step) / Double(count)
                return UnitVector(
                    normalising: from.x + part * (to.x - from.x), from.y + part * (to.y - from.y),
                    from.z + part * (to.z - from.z))
            }
        }
    }

    /// The corner's longitude in the turn that is nearest to another corner.
    private static func nearest(_ corner: Corner, to other: Corner) -> Double {
        corner.longitude - 360 * ((corner.longitude - other.longitude) / 360).rounded()
    }

    /// What lies below `limit` (`sign` 1) or above it (-1).
    private static func clipped(_ corners: [Corner], to limit: Double, sign: Double) -> [Corner] {
        var kept: [Corner] = []
        guard var last = corners.last else { return [] }
        for corner in corners {
            let (before, here) = (
                sign * (limit - last.longitude), sign * (limit - corner.longitude)
            )
            if (before > 0) != (here > 0) {
                let part = before / (before - here)
                kept.append(
                    Corner(longitude: limit, dec: last.dec + part * (corner.dec - last.dec)))
            }
            if here > 0 { kept.append(corner) }
            last = corner
        }
        return kept
    }
}
