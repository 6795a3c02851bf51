import Catalogue
import Foundation
import GroundSegment
import Markup
import SkyGeometry

/// A small drawing of outlines on the sky around a point, north up and east to the left, in the
/// plane that touches the sphere there.
struct SkyOutlines {
    struct Outline {
        let corners: [UnitVector]
        /// What a pointer is told.
        let title: String
        /// Stands in the middle of it; may be empty.
        let label: String
        /// `tile`, `neighbour`, `observation`.
        let kind: String
        /// Where it leads; `nil` where nowhere.
        let address: String?
    }

    let centre: SkyPosition
    let title: String
    /// From the lowest to the topmost.
    let outlines: [Outline]

    private static let side = 400.0

    var fragment: Fragment {
        let drawn = outlines.map { ($0, $0.corners.compactMap(plane)) }.filter { $1.count > 2 }
        // A tile fills a third of the width, an observation, on many tiles, two thirds.
        let own = drawn.filter { $0.0.kind.hasPrefix("tile") || $0.0.kind.hasSuffix("itself") }
        let reach =
            (own.isEmpty ? drawn : own).flatMap { $0.1.map { max(abs($0.x), abs($0.y)) } }
            .max() ?? 1
        let isTile = own.contains { $0.0.kind == "tile" }
        let scale = Self.side / (isTile ? 6 : 3) / max(reach, 1e-9)
        let places = drawn.map { outline, points in
            (
                outline,
                points.map { (x: Self.side / 2 - $0.x * scale, y: Self.side / 2 - $0.y * scale) }
            )
        }
        let box = "0 0 \(Int(Self.side)) \(Int(Self.side))"
        return Fragment(
            "svg", ["viewBox": box, "role": "img", "class": "outline", "aria-label": title],
            places.map { shape($0, $1) } + places.map { label($0, $1) })
    }

    /// Right and up in the tangent plane, in radians; `nil` beyond a quarter turn.
    private func plane(_ vector: UnitVector) -> (x: Double, y: Double)? {
        let (ra, dec) = (centre.ra * .pi / 180, centre.dec * .pi / 180)
        let east = (-sin(ra), cos(ra), 0.0)
        let north = (-sin(dec) * cos(ra), -sin(dec) * sin(ra), cos(dec))
        let depth = centre.vector.dot(vector)
        guard depth > 0.05 else { return nil }
        func along(_ axis: (Double, Double, Double)) -> Double {
            (axis.0 * vector.x + axis.1 * vector.y + axis.2 * vector.z) / depth
        }
        return (along(east), along(north))
    }

    private func shape(_ outline: Outline, _ points: [(x: Double, y: Double)]) -> Fragment {
        let path = points.enumerated().map { place, point in
            (place == 0 ? "M" : "L") + "\(Self.shown(point.x)) \(Self.shown(point.y))"
        }.joined()
        return Fragment(
            "path", ["d": path + "Z", "class": outline.kind],
            Fragment("title", .text(outline.title)))
    }

    private func label(_ outline: Outline, _ points: [(x: Double, y: Double)]) -> Fragment {
        guard !outline.label.isEmpty else { return [] }
        let x = points.map(\.x).reduce(0, +) / Double(points.count)
        let y = points.map(\.y).reduce(0, +) / Double(points.count)
        guard (20...Self.side - 20).contains(x), (10...Self.side - 10).contains(y) else {
            return []
        }
        // A digit of 11 pixels is about 7 wide.
        let half = min(3.5 * Double(outline.label.count) + 2, Self.side / 2)
        return Fragment(
            "text",
            [
                "x": Self.shown(min(max(x, half), Self.side - half)), "y": Self.shown(y + 4),
            ], .text(outline.label))
    }

    private static func shown(_ number: Double) -> String {
        guard abs(number) < 1e6 else { return number < 0 ? "-1000000" : "1000000" }
        return "\((number * 10).rounded() / 10)"
    }
}

extension TileCore {
    /// The corners of its outline; the edges along parallels in steps that look straight.
    var outline: [UnitVector] {
        switch self {
        case .polygon(let polygon): return polygon.corners
        case .box(let box):
            let steps = 8
            let along = (0...steps).map {
                box.west + (box.east - box.west) * Double($0) / Double(steps)
            }
            return along.map { SkyPosition(ra: $0, dec: box.south).vector }
                + along.reversed().map { SkyPosition(ra: $0, dec: box.north).vector }
        }
    }
}

extension SurveyOwnership {
    /// The published tiles that touch a tile, by identifier: those that hold a point just outside
    /// of its outline.
    func neighbours(of tile: OwnedItem) -> [OwnedItem] {
        guard let outline = tile.core?.outline else { return [] }
        let centre = tile.centre.vector
        var found: [ItemID: OwnedItem] = [:]
        for (index, corner) in outline.enumerated() {
            let next = outline[(index + 1) % outline.count]
            let middle = UnitVector(
                normalising: corner.x + next.x, corner.y + next.y, corner.z + next.z)
            for point in [corner, middle] {
                let beyond = UnitVector(
                    normalising: centre.x + (point.x - centre.x) * 1.01,
                    centre.y + (point.y - centre.y) * 1.01,
                    centre.z + (point.z - centre.z) * 1.01)
                if let other = self.tile(at: SkyPosition(beyond)), other.id != tile.id {
                    found[other.id] = other
                }
            }
        }
        return found.values.sorted { $0.id.precedesNaturally($1.id) }
    }
}
