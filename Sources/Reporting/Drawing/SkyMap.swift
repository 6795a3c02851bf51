import GroundSegment
import Markup
import Planning
import SkyGeometry

/// The all-sky map of the tiles' owners.
struct SkyMap {
    private let layer: TileLayer
    private let projection: Mollweide

    /// Size of the drawing, and half the width of the sky's ellipse, in its units.
    static let size = (width: 1200.0, height: 620.0)
    static let radius = 285.0
    /// The paths' units in one unit of the drawing.
    private static let fineness = 5.0

    init(_ layer: TileLayer) {
        self.layer = layer
        projection = Mollweide.suited(to: layer.distribution.tiles.map(\.tile.centre))
    }

    private var distribution: Distribution { layer.distribution }

    /// Where a point of the projection lies in the drawing.
    static func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        (size.width / 2 + x * radius, size.height / 2 - y * radius)
    }

    /// The same in the whole units of paths, for a group that has `fineScale`.
    static func placeFinely(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        let (across, down) = place(x, y)
        return (across * fineness, down * fineness)
    }

    /// The transform of groups whose paths are in finer units.
    static var fineScale: String { "scale(\(1 / fineness))" }

    func fragment() -> Fragment {
        CaptionedFigure(
            drawing: Fragment("div", .scrolling("All-sky map"), drawing()), caption: caption,
            finding: finding, numbers: numbers
        ).fragment
    }

    private var caption: String {
        "Mollweide projection of the whole sky, equal areas; ICRS, degrees. RA "
            + "\(Int(projection.centre))° is in the middle and RA increases to the left. Each"
            + " tile's inner area has the colour of its owner; names stand over parts that are"
            + " large enough, and on the enlargements below. The dashed line is the ecliptic."
    }

    private var finding: String {
        let counts = layer.counts(distribution.tiles.indices, as: .primary)
        guard let most = counts.max(), let first = counts.firstIndex(of: most),
            let least = counts.min(), let last = counts.firstIndex(of: least)
        else { return "" }
        let all = NumberText.count(distribution.tiles.count, "tile", "tiles")
        let sdcs = distribution.sdcs
        let changed =
            layer.isRevision
            ? " \(NumberText.grouped(layer.changed(distribution.tiles.indices))) changed." : ""
        return "Of \(all), \(sdcs[first].id) is primary of the most, \(NumberText.grouped(most)),"
            + " \(sdcs[last].id) of the fewest, \(NumberText.grouped(least)).\(changed)"
    }

    private var numbers: CaptionedTable {
        let counts = Role.allCases.map { layer.counts(distribution.tiles.indices, as: $0) }
        let rows = zip(distribution.sdcs, layer.colours).enumerated().map { place, entry in
            CaptionedTable.Row(
                [.coloured(entry.0.id.text, colour: entry.1)]
                    + counts.map { .number(NumberText.grouped($0[place])) })
        }
        return CaptionedTable(
            caption: "Tiles by owner", header: ["SDC"] + Role.allCases.map { "As \($0.rawValue)" },
            rows: rows)
    }

    private func drawing() -> Fragment {
        let graticule = Graticule(projection: projection)
        let outline = SkyOutline(projection: projection, place: Self.placeFinely)
        return Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Self.size.width)) \(Int(Self.size.height))", "role": "img",
                "aria-labelledby": "map-title map-desc", "class": "map",
                "data-centre": "\(Int(projection.centre))",
            ],
            [
                Fragment("title", ["id": "map-title"], "All-sky map of the tiles' owners"),
                Fragment(
                    "desc", ["id": "map-desc"],
                    .text(
                        "\(NumberText.count(distribution.tiles.count, "tile", "tiles")) coloured by"
                            + " owner. \(caption)")),
                graticule.ground(),
                Fragment(
                    "g", ["class": "owned", "transform": Self.fineScale],
                    layer.paths(of: Array(distribution.tiles.indices), outline: outline.path)),
                Fragment("g", ["class": "owned week", "id": "map-week"]),
                graticule.ecliptic(), names(.primary), names(.secondary), graticule.labels(),
            ])
    }

    private func names(_ role: Role) -> Fragment {
        let places = distribution.tiles.map { entry in
            let flat = projection.point(entry.tile.centre)
            return Self.place(flat.x, flat.y)
        }
        return Fragment(
            "g", ["class": "names \(role.rawValue)"],
            OwnerNames(
                sdcs: distribution.sdcs, places: places,
                owners: distribution.tiles.map { $0.assignment[role] }, spacing: 60
            ).fragment())
    }
}
