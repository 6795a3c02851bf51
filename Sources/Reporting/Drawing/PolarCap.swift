import Glibc
import GroundSegment
import Markup
import SkyGeometry

/// A celestial hemisphere around its pole, in which every tile is drawn by itself.
///
/// Zenithal equal-area projection, seen from inside the sphere (Lambert 1772; Calabretta & Greisen
/// 2002, A&A 395, 1077, section 5.1.7).
struct PolarCap {
    enum Pole: String, CaseIterable {
        case north, south
    }

    let pole: Pole
    let distribution: Distribution
    let colours: [String]

    /// The drawing's side, and the equator's radius in it.
    private static let side = 540.0
    private static let radius = 236.0
    /// The paths' units in one unit of the drawing.
    private static let fineness = 10.0

    /// Whether a tile's centre lies in the hemisphere; the equator belongs to the north.
    private func contains(_ tile: AssignedTile) -> Bool {
        (tile.tile.centre.dec >= 0) == (pole == .north)
    }

    /// Where a position lies: the pole in the middle, RA 0 below it.
    static func point(_ ra: Double, _ dec: Double, _ pole: Pole) -> (x: Double, y: Double) {
        let sign: Double = pole == .north ? 1 : -1
        let distance = (90 - sign * dec) * .pi / 180
        let r = 2 * sin(distance / 2) / 2.0.squareRoot() * radius
        let angle = ra * .pi / 180
        return (side / 2 + sign * r * sin(angle), side / 2 + r * cos(angle))
    }

    func fragment() -> Fragment {
        let mine = distribution.tiles.filter(contains)
        guard !mine.isEmpty else { return [] }
        let title = "The \(pole.rawValue)ern sky"
        let count = NumberText.count(mine.count, "tile", "tiles")
        let drawing = Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Self.side)) \(Int(Self.side))", "role": "img",
                "class": "cap", "aria-label": "\(title), \(count)",
            ],
            [
                Fragment("title", .text("\(title), tiles by owner")),
                Fragment("desc", .text("\(count), coloured by primary.")), ground(),
                Fragment(
                    "g", ["class": "cells", "transform": "scale(\(1 / Self.fineness))"],
                    zip(distribution.sdcs, colours).map { sdc, colour in
                        Fragment(
                            "g", ["fill": colour],
                            mine.filter { $0.assignment.primary == sdc.id }.map(cell))
                    }), names(mine), labels(),
            ])
        return CaptionedFigure(
            drawing: drawing,
            caption: "\(title): the pole in the middle, the equator around it, equal areas, seen"
                + " from inside the sphere. The colour is that of the primary; a tile's name and"
                + " owners are shown where the pointer rests.",
            finding: finding(mine), numbers: numbers(mine, title)
        ).fragment
    }

    private func numbers(_ tiles: [AssignedTile], _ title: String) -> CaptionedTable {
        CaptionedTable(
            caption: "\(title): tiles by owner",
            header: ["SDC"] + Role.allCases.map { "As \($0.rawValue)" },
            rows: zip(distribution.sdcs, colours).map { sdc, colour in
                CaptionedTable.Row(
                    [.coloured(sdc.id.text, colour: colour)]
                        + Role.allCases.map { role in
                            .number(
                                NumberText.grouped(
                                    tiles.count { $0.assignment[role] == sdc.id }))
                        })
            })
    }

    private func finding(_ tiles: [AssignedTile]) -> String {
        let owners = Dictionary(grouping: tiles, by: \.assignment.primary).mapValues(\.count)
        guard let most = owners.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return ""
        }
        return
            "\(most.key) is primary of the most of \(NumberText.count(tiles.count, "tile", "tiles")),"
            + " \(NumberText.grouped(most.value))."
    }

    private func cell(_ entry: AssignedTile) -> Fragment {
        var path = PathData()
        path.addPolygon(
            corners(entry.tile.core).map { corner in
                let (x, y) = Self.point(corner.ra, corner.dec, pole)
                return (x * Self.fineness, y * Self.fineness)
            })
        return Fragment(
            "path", ["d": path.text],
            Fragment(
                "title",
                .text(
                    "\(entry.tile.id): \(entry.assignment.primary), secondary"
                        + " \(entry.assignment.secondary)")))
    }

    /// The outline of a tile's core; wide boxes near the pole are followed along their parallels.
    private func corners(_ core: TileCore) -> [SkyPosition] {
        switch core {
        case .polygon(let polygon): return polygon.corners.map { SkyPosition($0) }
        case .box(let box):
            let count = max(1, Int(((box.east - box.west) / 5).rounded(.up)))
            let along = (0...count).map {
                box.west + (box.east - box.west) * Double($0) / Double(count)
            }
            return along.map { SkyPosition(ra: $0, dec: box.south) }
                + along.reversed().map { SkyPosition(ra: $0, dec: box.north) }
        }
    }

    private func ground() -> Fragment {
        let middle = NumberText.coordinate(Self.side / 2)
        let circles = [0.0, 30, 60].map { dec -> Fragment in
            let edge = Self.point(0, pole == .north ? dec : -dec, pole)
            let r = NumberText.coordinate(edge.y - Self.side / 2)
            return Fragment(
                "ellipse",
                [
                    "cx": middle, "cy": middle, "rx": r, "ry": r,
                    "class": dec == 0 ? "sky" : "graticule",
                ])
        }
        let lines = stride(from: 0.0, to: 360, by: 30).map { ra -> Fragment in
            let edge = Self.point(ra, 0, pole)
            return Fragment(
                "line",
                [
                    "x1": middle, "y1": middle, "x2": NumberText.coordinate(edge.x),
                    "y2": NumberText.coordinate(edge.y), "class": "graticule",
                ])
        }
        return .group(circles + lines)
    }

    private func labels() -> Fragment {
        let ascensions = stride(from: 0.0, to: 360, by: 30).map { ra -> Fragment in
            let edge = Self.point(ra, 0, pole)
            let middle = Self.side / 2
            return text(
                middle + (edge.x - middle) * 1.06, middle + (edge.y - middle) * 1.06 + 4,
                "\(Int(ra))°")
        }
        let declinations = [30.0, 60].map { dec -> Fragment in
            let place = Self.point(0, pole == .north ? dec : -dec, pole)
            return text(place.x, place.y - 3, (pole == .north ? "+" : "−") + "\(Int(dec))°")
        }
        return Fragment("g", ["class": "degrees"], ascensions + declinations)
    }

    private func text(_ x: Double, _ y: Double, _ text: String) -> Fragment {
        Fragment(
            "text",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "text-anchor": "middle",
            ], .text(text))
    }

    private func names(_ tiles: [AssignedTile]) -> Fragment {
        let places = tiles.map { Self.point($0.tile.centre.ra, $0.tile.centre.dec, pole) }
        return Fragment(
            "g", ["class": "names"],
            OwnerNames(
                sdcs: distribution.sdcs, places: places, owners: tiles.map(\.assignment.primary),
                spacing: 36
            ).fragment())
    }
}
