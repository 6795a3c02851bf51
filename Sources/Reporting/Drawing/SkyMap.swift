import GroundSegment
import Markup
import Planning
import SkyGeometry

/// The all-sky map of the tiles' owners, with the primaries and the secondaries as two layers.
struct SkyMap {
    private let distribution: Distribution
    private let colours: [String]
    private let projection: Mollweide
    /// Where the tiles' centres lie in the drawing.
    private let places: [(x: Double, y: Double)]
    private let regions: MapRegions

    /// Size of the drawing, and half the width of the sky's ellipse, in its units.
    static let size = (width: 1200.0, height: 620.0)
    static let radius = 285.0
    /// The paths' units in one unit of the drawing.
    private static let fineness = 20.0

    init(_ distribution: Distribution, colours: [String]) {
        self.distribution = distribution
        self.colours = colours
        let centres = distribution.tiles.map(\.tile.centre)
        let projection = Mollweide.suited(to: centres)
        self.projection = projection
        places = centres.map {
            let flat = projection.point($0)
            return Self.place(flat.x, flat.y)
        }
        regions = MapRegions(places)
    }

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

    /// The map with the switch between its layers, which needs no script, and its legend.
    func fragment() -> Fragment {
        Fragment(
            "div", ["class": "layers", "role": "group", "aria-label": "Owners of the tiles"],
            [
                choice(.primary, isChosen: true), choice(.secondary, isChosen: false),
                CaptionedFigure(
                    drawing: [
                        Fragment("div", .scrolling("All-sky map"), drawing()), legend(), details(),
                    ],
                    caption: caption, finding: finding, numbers: numbers
                ).fragment,
            ])
    }

    private var caption: String {
        "Mollweide projection of the whole sky, equal areas; ICRS, degrees. RA "
            + "\(Int(projection.centre))° is in the middle and RA increases to the left. Each"
            + " tile's inner area has the colour of its owner, whose name stands over it; the dashed line"
            + " is the ecliptic. Framed parts are drawn larger below, under their letters."
    }

    private var finding: String {
        let counts = self.counts
        let owned = distribution.sdcs.map { (sdc: $0.id, tiles: counts[$0.id]?[.primary] ?? 0) }
        guard let most = owned.max(by: { ($0.tiles, $1.sdc) < ($1.tiles, $0.sdc) }),
            let least = owned.min(by: { ($0.tiles, $0.sdc) < ($1.tiles, $1.sdc) })
        else { return "" }
        let all = NumberText.count(distribution.tiles.count, "tile", "tiles")
        return "Of \(all), \(most.sdc) is primary of the most, \(NumberText.grouped(most.tiles)),"
            + " \(least.sdc) of the fewest, \(NumberText.grouped(least.tiles))."
    }

    /// Tiles by owner and role.
    private var counts: [ID<SDC>: [Role: Int]] {
        var counts: [ID<SDC>: [Role: Int]] = [:]
        for entry in distribution.tiles {
            for role in Role.allCases {
                counts[entry.assignment[role], default: [:]][role, default: 0] += 1
            }
        }
        return counts
    }

    /// Tiles by owner, in all and in each part that is drawn larger.
    private var numbers: CaptionedTable {
        let counts = self.counts
        let parts = regions.regions.map { region in
            Dictionary(grouping: region.tiles) { distribution.tiles[$0].assignment.primary }
        }
        let rows = zip(distribution.sdcs, colours).map { sdc, colour in
            CaptionedTable.Row(
                [.coloured(sdc.id.text, colour: colour)]
                    + Role.allCases.map {
                        .number(NumberText.grouped(counts[sdc.id]?[$0] ?? 0))
                    } + parts.map { .number(NumberText.grouped($0[sdc.id]?.count ?? 0)) })
        }
        return CaptionedTable(
            caption: "Tiles by owner; in the parts that are drawn larger, those it is primary of",
            header: ["SDC"] + Role.allCases.map { "As \($0.rawValue)" }
                + regions.regions.map { "In \($0.name)" }, rows: rows)
    }

    private func choice(_ role: Role, isChosen: Bool) -> Fragment {
        let id = "show-\(role.rawValue)"
        let input =
            isChosen
            ? Fragment("input", ["type": "radio", "name": "layer", "id": id, "checked": ""])
            : Fragment("input", ["type": "radio", "name": "layer", "id": id])
        return [input, Fragment("label", ["for": id], "\(role.rawValue) owners of the tiles")]
    }

    private func drawing() -> Fragment {
        let graticule = Graticule(projection: projection)
        let tiles = distribution.tiles.count
        return Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Self.size.width)) \(Int(Self.size.height))", "role": "img",
                "aria-labelledby": "map-title map-desc", "class": "map",
            ],
            [
                Fragment("title", ["id": "map-title"], "All-sky map of the tiles' owners"),
                Fragment(
                    "desc", ["id": "map-desc"],
                    "\(NumberText.count(tiles, "tile", "tiles")) coloured by owner. \(caption)"),
                Fragment("g", ["id": "sky"], graticule.ground()), layer(.primary),
                layer(.secondary), Fragment("g", ["id": "ecliptic"], graticule.ecliptic()),
                names(.primary), names(.secondary), graticule.labels(), frames(),
            ])
    }

    /// The frames of the parts that are drawn again.
    private func frames() -> Fragment {
        .group(
            regions.regions.map { region in
                let frame = region.frame
                return [
                    Fragment(
                        "rect",
                        [
                            "x": NumberText.coordinate(frame.x),
                            "y": NumberText.coordinate(frame.y),
                            "width": NumberText.coordinate(frame.width),
                            "height": NumberText.coordinate(frame.height), "class": "frame",
                        ]),
                    Fragment(
                        "text",
                        [
                            "x": NumberText.coordinate(frame.x - 4),
                            "y": NumberText.coordinate(frame.y + 10), "text-anchor": "end",
                            "class": "letter",
                        ], .text(region.name)),
                ]
            })
    }

    /// The parts of the sky that are small on the map, at a larger scale.
    private func details() -> Fragment {
        guard !regions.regions.isEmpty else { return [] }
        return Fragment(
            "div", ["class": "charts"],
            regions.regions.map {
                RegionPanel(region: $0, distribution: distribution, projection: projection)
                    .fragment()
            })
    }

    /// The owners' names over the tiles that no larger drawing shows.
    private func names(_ role: Role) -> Fragment {
        let names = OwnerNames(
            sdcs: distribution.sdcs, places: regions.others.map { places[$0] },
            owners: regions.others.map { distribution.tiles[$0].assignment[role] }, spacing: 60)
        return Fragment("g", ["class": "names \(role.rawValue)"], names.fragment())
    }

    private func layer(_ role: Role) -> Fragment {
        let outline = SkyOutline(projection: projection, place: Self.placeFinely)
        var cores: [ID<SDC>: [TileCore]] = [:]
        for entry in distribution.tiles {
            cores[entry.assignment[role], default: []].append(entry.tile.core)
        }
        let paths = zip(distribution.sdcs, colours).compactMap { sdc, colour -> Fragment? in
            guard let mine = cores[sdc.id] else { return nil }
            let count = NumberText.count(mine.count, "tile", "tiles")
            return Fragment(
                "path", ["d": outline.path(of: mine), "fill": colour, "stroke": colour],
                Fragment("title", "\(sdc.id.text), \(role.rawValue) of \(count)"))
        }
        return Fragment(
            "g", ["class": role.rawValue],
            Fragment(
                "g",
                ["id": "\(role.rawValue)-owners", "transform": Self.fineScale, "class": "owners"],
                paths))
    }

    private func legend() -> Fragment {
        let counts = self.counts
        return Fragment(
            "ul", ["class": "legend"],
            zip(distribution.sdcs, colours).map { sdc, colour in
                Fragment(
                    "li",
                    [
                        Fragment("span", ["class": "swatch", "style": "background:\(colour)"]),
                        .text(" \(sdc.id.text) "),
                        Fragment(
                            "small",
                            Fragment.group(
                                Role.allCases.map { role in
                                    let count = counts[sdc.id]?[role] ?? 0
                                    return Fragment(
                                        "span", ["class": role.rawValue],
                                        .text(NumberText.count(count, "tile", "tiles")))
                                })),
                    ])
            })
    }
}
