import GroundSegment
import Markup

/// Tiles as paths, one for all that have the same owners and the same cause of a change.
///
/// A path carries the colours of both owners, and the page's style says which of them is shown, so
/// that each tile is drawn once.
struct TileLayer {
    let distribution: Distribution
    let colours: [String]
    /// Whether it tells what has changed from what has not.
    let isRevision: Bool
    private let places: [ID<SDC>: Int]

    init(_ distribution: Distribution, colours: [String], isRevision: Bool) {
        self.distribution = distribution
        self.colours = colours
        self.isRevision = isRevision
        places = Dictionary(
            distribution.sdcs.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private struct Key: Hashable, Comparable {
        let primary: Int
        let secondary: Int
        let cause: ChangeCause?

        static func < (left: Key, right: Key) -> Bool {
            (left.primary, left.secondary, left.cause?.rawValue ?? "")
                < (right.primary, right.secondary, right.cause?.rawValue ?? "")
        }
    }

    /// The tiles at `tiles` of the distribution; `outline` gives the path of their cores.
    func paths(of tiles: [Int], outline: ([TileCore]) -> String) -> [Fragment] {
        var cores: [Key: [TileCore]] = [:]
        for index in tiles {
            let entry = distribution.tiles[index]
            guard let primary = places[entry.assignment.primary],
                let secondary = places[entry.assignment.secondary]
            else { continue }
            let key = Key(
                primary: primary, secondary: secondary, cause: isRevision ? entry.cause : nil)
            cores[key, default: []].append(entry.tile.core)
        }
        return cores.sorted { $0.key < $1.key }.map { path($0.key, outline($0.value)) }
    }

    private func path(_ key: Key, _ data: String) -> Fragment {
        let sdcs = distribution.sdcs
        let style = "color:\(colours[key.primary]);--by-s:\(colours[key.secondary])"
        let change = key.cause.map { "; changed: \($0.rawValue)" } ?? ""
        let title = Fragment(
            "title",
            .text("\(sdcs[key.primary].id), secondary \(sdcs[key.secondary].id)\(change)"))
        return isRevision && key.cause == nil
            ? Fragment("path", ["d": data, "style": style, "class": "kept"], title)
            : Fragment("path", ["d": data, "style": style], title)
    }

    /// How many of some tiles each SDC has in a role, and how many have changed.
    func counts(_ tiles: some Sequence<Int>, as role: Role) -> [Int] {
        var counts = distribution.sdcs.map { _ in 0 }
        for index in tiles {
            if let place = places[distribution.tiles[index].assignment[role]] {
                counts[place] += 1
            }
        }
        return counts
    }

    func changed(_ tiles: some Sequence<Int>) -> Int {
        tiles.reduce(0) { $0 + (distribution.tiles[$1].cause == nil ? 0 : 1) }
    }
}
