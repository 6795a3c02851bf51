import GroundSegment
import Markup
import SkyGeometry

/// A part of the map at a larger scale: the map's own drawing again, with the owners' names.
struct RegionPanel {
    let region: MapRegions.Region
    let distribution: Distribution
    let projection: Mollweide

    private static let size = (width: 380.0, height: 285.0)

    func fragment() -> Fragment {
        let frame = region.frame
        let box = [frame.x, frame.y, frame.width, frame.height].map(NumberText.coordinate)
        let label = "Region \(region.name): \(extent)"
        return Fragment(
            "figure",
            [
                Fragment(
                    "svg",
                    [
                        "viewBox": "0 0 \(Int(Self.size.width)) \(Int(Self.size.height))",
                        "role": "img", "class": "region", "aria-label": label,
                    ],
                    [
                        Fragment("title", .text(label)),
                        Fragment("desc", "The owners of these tiles, as on the map."),
                        Fragment(
                            "svg",
                            [
                                "viewBox": box.joined(separator: " "),
                                "width": NumberText.coordinate(Self.size.width),
                                "height": NumberText.coordinate(Self.size.height),
                            ],
                            [
                                Fragment("use", ["href": "#sky"]), owners(.primary),
                                owners(.secondary), Fragment("use", ["href": "#ecliptic"]),
                            ]),
                        names(.primary), names(.secondary),
                    ]),
                Fragment(
                    "figcaption",
                    [
                        Fragment("b", "\(region.name) "), .text(extent + ". "),
                        finding(.primary), finding(.secondary),
                    ]),
            ])
    }

    /// Who has most of the tiles here in a role; the page's style shows it or not.
    private func finding(_ role: Role) -> Fragment {
        let owners = Dictionary(grouping: region.tiles) {
            distribution.tiles[$0].assignment[role]
        }.mapValues(\.count)
        guard let most = owners.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return []
        }
        let part = NumberText.percent(Double(most.value) / Double(region.tiles.count), 0)
        let count = NumberText.count(owners.count, "SDC", "SDCs")
        return Fragment(
            "span", ["class": "finding \(role.rawValue)"],
            .text("\(count), most of it \(most.key), \(part)."))
    }

    /// The map's layer again; the page's style shows it or not.
    private func owners(_ role: Role) -> Fragment {
        Fragment("use", ["href": "#\(role.rawValue)-owners", "class": role.rawValue])
    }

    private func names(_ role: Role) -> Fragment {
        let scale = Self.size.width / region.frame.width
        let places = region.tiles.map { index -> (x: Double, y: Double) in
            let flat = projection.point(distribution.tiles[index].tile.centre)
            let (x, y) = SkyMap.place(flat.x, flat.y)
            return ((x - region.frame.x) * scale, (y - region.frame.y) * scale)
        }
        let owners = region.tiles.map { distribution.tiles[$0].assignment[role] }
        return Fragment(
            "g", ["class": "names \(role.rawValue)"],
            OwnerNames(sdcs: distribution.sdcs, places: places, owners: owners, spacing: 48)
                .fragment())
    }

    /// `RA 31° to 62°, Dec +43° to +68°, 1,204 tiles`.
    private var extent: String {
        let centres = region.tiles.map { distribution.tiles[$0].tile.centre }
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
