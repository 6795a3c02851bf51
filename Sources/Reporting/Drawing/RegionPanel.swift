import GroundSegment
import Markup
import SkyGeometry

/// A part of a hemisphere at a larger scale: the hemisphere's own drawing again, with the owners'
/// names and a list of them.
struct RegionPanel {
    /// Its points are places of tiles in the distribution.
    let region: SkyRegions.Region
    let hemisphere: Hemisphere
    let layer: TileLayer
    /// Pixels in a unit of the hemisphere's drawing.
    let scale: Double

    func fragment() -> Fragment {
        let frame = region.frame
        let (width, height) = (frame.width * scale, frame.height * scale)
        let box = [frame.left, frame.top, frame.width, frame.height].map(NumberText.coordinate)
        let label = "Region \(region.name): \(extent)"
        return Fragment(
            "figure", ["style": "width:\(Int(max(width, 176).rounded(.up)))px"],
            [
                Fragment(
                    "svg",
                    [
                        "viewBox": "0 0 \(NumberText.coordinate(width))"
                            + " \(NumberText.coordinate(height))",
                        "style": "width:\(Int(width.rounded(.up)))px", "role": "img",
                        "class": "region", "aria-label": label,
                    ],
                    [
                        Fragment("title", .text(label)),
                        Fragment("desc", "The owners of these tiles, as on the hemisphere."),
                        Fragment(
                            "svg",
                            [
                                "viewBox": box.joined(separator: " "),
                                "width": NumberText.coordinate(width),
                                "height": NumberText.coordinate(height),
                                "data-pole": hemisphere.rawValue,
                            ],
                            [
                                Fragment("use", ["href": "#\(hemisphere.rawValue)-ground"]),
                                Fragment("use", ["href": "#\(region.name)"]),
                                Fragment("use", ["href": "#\(region.name)-week"]),
                            ]),
                        names(.primary), names(.secondary),
                    ]),
                Fragment(
                    "figcaption",
                    [
                        Fragment("b", .text(region.name + " ")), .text(extent + changed + ". "),
                        owners(.primary), owners(.secondary),
                    ]),
            ])
    }

    /// Who has how many of the tiles here in a role; the page's style shows it or not.
    private func owners(_ role: Role) -> Fragment {
        let counts = layer.counts(region.points, as: role).enumerated().filter { $0.element > 0 }
            .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
        let names = counts.map {
            // A name is not broken over two lines.
            layer.distribution.sdcs[$0.offset].id.text.replacing("-", with: "\u{2011}")
                + "\u{a0}\(NumberText.grouped($0.element))"
        }
        return Fragment(
            "span", ["class": role.rawValue],
            [
                Fragment(
                    "span", ["class": "finding"],
                    .text("Most as \(role.rawValue): \(names.first ?? "none")")),
                .text(
                    names.count > 1
                        ? "; " + names.dropFirst().joined(separator: ", ") + "." : "."),
            ])
    }

    private var changed: String {
        layer.isRevision ? ", \(NumberText.grouped(layer.changed(region.points))) changed" : ""
    }

    private func names(_ role: Role) -> Fragment {
        let entries = region.points.map { layer.distribution.tiles[$0] }
        let places = entries.map { entry -> (x: Double, y: Double) in
            let (x, y) = hemisphere.point(entry.tile.centre)
            return ((x - region.frame.left) * scale, (y - region.frame.top) * scale)
        }
        return Fragment(
            "g", ["class": "names \(role.rawValue)"],
            OwnerNames(
                sdcs: layer.distribution.sdcs, places: places,
                owners: entries.map { $0.assignment[role] }, spacing: 48,
                room: (region.frame.width * scale, region.frame.height * scale)
            ).fragment())
    }

    /// `RA 31° to 62°, Dec +43° to +68°, 1,204 tiles`.
    private var extent: String {
        let centres = region.points.map { layer.distribution.tiles[$0].tile.centre }
        let count = NumberText.count(centres.count, "tile", "tiles")
        let (south, north) = (
            centres.map(\.dec).min() ?? 0, centres.map(\.dec).max() ?? 0
        )
        let dec = "Dec \(Self.degrees(south)) to \(Self.degrees(north)), \(count)"
        guard let mean = UnitVector.mean(centres.map(\.vector)), max(north, -south) < 85 else {
            return "around the pole, " + dec
        }
        let middle = SkyPosition(mean).ra
        let offsets = centres.map { normalisedLongitude($0.ra - middle + 180) - 180 }
        let (west, east) = (offsets.min() ?? 0, offsets.max() ?? 0)
        let from = Int(normalisedLongitude((middle + west).rounded()))
        let to = Int(normalisedLongitude((middle + east).rounded()))
        return "RA \(from)° to \(to)°, " + dec
    }

    private static func degrees(_ dec: Double) -> String {
        "\(dec < 0 ? "−" : "+")\(Int(abs(dec).rounded()))°"
    }
}
