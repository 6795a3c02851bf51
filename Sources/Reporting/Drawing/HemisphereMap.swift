import GroundSegment
import Markup
import SkyGeometry

/// A hemisphere's tiles around its pole, and its regions at a larger scale.
struct HemisphereMap {
    let hemisphere: Hemisphere
    let layer: TileLayer
    /// The places of its tiles in the distribution.
    private let tiles: [Int]
    private let regions: [SkyRegions.Region]
    private let scale: Double

    /// - Parameters:
    ///   - tiles: the places of the hemisphere's tiles in the distribution.
    ///   - scale: of the enlargements, pixels in a unit of the drawing.
    init(_ hemisphere: Hemisphere, layer: TileLayer, tiles: [Int], scale: Double) {
        self.hemisphere = hemisphere
        self.layer = layer
        self.tiles = tiles
        self.scale = scale
        let points = tiles.map { hemisphere.point(layer.distribution.tiles[$0].tile.centre) }
        regions = SkyRegions(
            points, name: hemisphere == .north ? "N" : "S", scale: scale
        ).regions.map { region in
            SkyRegions.Region(
                points: region.points.map { tiles[$0] }, frame: region.frame, name: region.name)
        }
    }

    private var title: String { "The \(hemisphere.rawValue)ern sky" }

    /// Nothing where the hemisphere has no tile.
    func fragment() -> Fragment {
        guard !tiles.isEmpty else { return [] }
        let count = NumberText.count(tiles.count, "tile", "tiles")
        let drawing = Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Hemisphere.side)) \(Int(Hemisphere.side))", "role": "img",
                "class": "cap", "aria-label": "\(title), \(count)",
                "data-pole": hemisphere.rawValue,
            ],
            [
                Fragment("title", .text("\(title), tiles by owner")),
                Fragment("desc", .text("\(count), coloured by owner.")),
                Fragment("g", ["id": "\(hemisphere.rawValue)-ground"], ground()),
                .group(regions.map(drawn)), names(.primary), names(.secondary), frames(), labels(),
            ])
        return CaptionedFigure(
            drawing: drawing,
            caption: "\(title): the pole in the middle, the equator around it, equal areas, seen"
                + " from inside the sphere. Colours are those of the owners; a tile's owners are"
                + " told where the pointer rests. Framed parts are drawn larger below.",
            finding: finding, numbers: numbers
        ).fragment
    }

    /// The regions at a larger scale.
    func enlargements() -> [Fragment] {
        regions.map {
            RegionPanel(region: $0, hemisphere: hemisphere, layer: layer, scale: scale).fragment()
        }
    }

    /// A region's tiles, and room for what the page's script draws over them.
    private func drawn(_ region: SkyRegions.Region) -> Fragment {
        let transform = "scale(\(1 / Hemisphere.fineness))"
        return [
            Fragment(
                "g", ["class": "owned", "id": region.name, "transform": transform],
                layer.paths(of: region.points, outline: hemisphere.path)),
            Fragment(
                "g",
                ["class": "owned week", "id": "\(region.name)-week", "transform": transform]),
        ]
    }

    private var numbers: CaptionedTable {
        let parts = regions.map { layer.counts($0.points, as: .primary) }
        let roles = Role.allCases.map { layer.counts(tiles, as: $0) }
        let rows = layer.distribution.sdcs.enumerated().map { place, sdc in
            CaptionedTable.Row(
                [.coloured(sdc.id.text, colour: layer.colours[place])]
                    + (roles + parts).map { .number(NumberText.grouped($0[place])) })
        }
        return CaptionedTable(
            caption: "\(title): tiles by owner; in the parts that are drawn larger, those it is"
                + " primary of",
            header: ["SDC"] + Role.allCases.map { "As \($0.rawValue)" }
                + regions.map { "In \($0.name)" },
            rows: rows)
    }

    private var finding: String {
        let counts = layer.counts(tiles, as: .primary)
        guard let most = counts.max(), let place = counts.firstIndex(of: most) else { return "" }
        let count = NumberText.count(tiles.count, "tile", "tiles")
        let changed =
            layer.isRevision ? "; \(NumberText.grouped(layer.changed(tiles))) changed" : ""
        return "\(layer.distribution.sdcs[place].id) is primary of the most of \(count),"
            + " \(NumberText.grouped(most))\(changed)."
    }

    private func frames() -> Fragment {
        .group(
            regions.map { region in
                let frame = region.frame
                return [
                    Fragment(
                        "rect",
                        [
                            "x": NumberText.coordinate(frame.left),
                            "y": NumberText.coordinate(frame.top),
                            "width": NumberText.coordinate(frame.width),
                            "height": NumberText.coordinate(frame.height), "class": "frame",
                        ]),
                    name(of: region),
                ]
            })
    }

    /// Beside its frame: to the right, unless another frame is there.
    private func name(of region: SkyRegions.Region) -> Fragment {
        let frame = region.frame
        let beside = SkyRegions.Frame(
            left: frame.right, top: frame.top, right: frame.right + 22, bottom: frame.top + 12)
        let isTaken = regions.contains { $0.name != region.name && $0.frame.overlaps(beside) }
        return OwnerNames.haloed(
            region.name, x: isTaken ? frame.left - 3 : frame.right + 3, y: frame.top + 10,
            anchor: isTaken ? "end" : "start", "letter")
    }

    private func ground() -> Fragment {
        let middle = NumberText.coordinate(Hemisphere.side / 2)
        let sign: Double = hemisphere == .north ? 1 : -1
        let circles = [0.0, 30, 60].map { dec -> Fragment in
            let r = NumberText.coordinate(
                hemisphere.point(0, sign * dec).y - Hemisphere.side / 2)
            return Fragment(
                "ellipse",
                [
                    "cx": middle, "cy": middle, "rx": r, "ry": r,
                    "class": dec == 0 ? "sky" : "graticule",
                    "vector-effect": "non-scaling-stroke",
                ])
        }
        let lines = stride(from: 0.0, to: 360, by: 30).map { ra -> Fragment in
            let edge = hemisphere.point(ra, 0)
            return Fragment(
                "line",
                [
                    "x1": middle, "y1": middle, "x2": NumberText.coordinate(edge.x),
                    "y2": NumberText.coordinate(edge.y), "class": "graticule",
                    "vector-effect": "non-scaling-stroke",
                ])
        }
        return .group(circles + lines)
    }

    private func labels() -> Fragment {
        let middle = Hemisphere.side / 2
        let ascensions = stride(from: 0.0, to: 360, by: 30).map { ra -> Fragment in
            let edge = hemisphere.point(ra, 0)
            return text(
                middle + (edge.x - middle) * 1.06, middle + (edge.y - middle) * 1.06 + 4,
                "\(Int(ra))°")
        }
        let sign: Double = hemisphere == .north ? 1 : -1
        let declinations = [30.0, 60].map { dec -> Fragment in
            let place = hemisphere.point(0, sign * dec)
            return text(place.x, place.y - 3, (sign > 0 ? "+" : "−") + "\(Int(dec))°")
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

    private func names(_ role: Role) -> Fragment {
        let entries = tiles.map { layer.distribution.tiles[$0] }
        return Fragment(
            "g", ["class": "names \(role.rawValue)"],
            OwnerNames(
                sdcs: layer.distribution.sdcs,
                places: entries.map { hemisphere.point($0.tile.centre) },
                owners: entries.map { $0.assignment[role] }, spacing: 36
            ).fragment())
    }
}
