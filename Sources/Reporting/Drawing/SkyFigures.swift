import GroundSegment
import Markup

/// The sky in three scales: the whole of it, its hemispheres, and each group of tiles; with the
/// switch between owners that all of them follow, which needs no script.
struct SkyFigures {
    private let layer: TileLayer

    /// - Parameter isRevision: whether there is a base from which tiles have changed.
    init(_ distribution: Distribution, colours: [String], isRevision: Bool) {
        layer = TileLayer(distribution, colours: colours, isRevision: isRevision)
    }

    func fragment() -> Fragment {
        let distribution = layer.distribution
        let tiles = Hemisphere.allCases.map { hemisphere in
            distribution.tiles.indices.filter {
                hemisphere.contains(distribution.tiles[$0].tile.centre)
            }
        }
        let scale = SkyRegions.scale(
            for: zip(Hemisphere.allCases, tiles).map { hemisphere, tiles in
                tiles.map { hemisphere.point(distribution.tiles[$0].tile.centre) }
            })
        let maps = zip(Hemisphere.allCases, tiles).map {
            HemisphereMap($0, layer: layer, tiles: $1, scale: scale)
        }
        return Fragment(
            "div", ["class": "layers"],
            [
                Fragment("span", ["id": "shown"], "Show "),
                choice("primary", "primary owners", isChosen: true),
                choice("secondary", "secondary owners"),
                layer.isRevision ? choice("changed", "what has changed") : [],
                // The page's script puts its slider here, and what the pointer is on.
                Fragment("div", ["id": "weeks", "hidden": ""]),
                legend(), SkyMap(layer).fragment(),
                Fragment("div", ["class": "pair"], maps.map { $0.fragment() }),
                Fragment(
                    "p",
                    .text(
                        "The framed parts, all at one scale of"
                            + " \(NumberText.grouped(scale * Hemisphere.unitsPerDegree)) pixels in"
                            + " a degree; below each its owners with their tiles.")),
                Fragment("div", ["class": "enlarged"], maps.flatMap { $0.enlargements() }),
            ])
    }

    private func choice(_ name: String, _ label: String, isChosen: Bool = false) -> Fragment {
        let id = "show-\(name)"
        // Its siblings follow what is chosen, so that no element may group the choices; they are
        // named as a group instead.
        let names = "shown \(id)-label"
        let input =
            isChosen
            ? Fragment(
                "input",
                [
                    "type": "radio", "name": "layer", "id": id, "aria-labelledby": names,
                    "checked": "",
                ])
            : Fragment(
                "input",
                ["type": "radio", "name": "layer", "id": id, "aria-labelledby": names])
        return [input, Fragment("label", ["for": id, "id": "\(id)-label"], .text(label))]
    }

    private func legend() -> Fragment {
        let all = layer.distribution.tiles.indices
        let counts = Role.allCases.map { ($0, layer.counts(all, as: $0)) }
        return Fragment(
            "ul", ["class": "legend"],
            zip(layer.distribution.sdcs, layer.colours).enumerated().map { place, entry in
                Fragment(
                    "li",
                    [
                        Fragment("span", ["class": "swatch", "style": "background:\(entry.1)"]),
                        .text(" \(entry.0.id.text) "),
                        Fragment(
                            "small",
                            Fragment.group(
                                counts.map { role, counts in
                                    Fragment(
                                        "span", ["class": role.rawValue],
                                        .text(NumberText.count(counts[place], "tile", "tiles")))
                                })),
                    ])
            })
    }
}
