import GroundSegment
import Markup

/// The names of owners over their tiles, so that the map can be read without its colours.
///
/// The drawing is looked at in squares; a square in which one SDC owns most of the tiles gets
/// its name, on the tile that is nearest to their mean place, unless it would cover another.
struct OwnerNames {
    let sdcs: [SDC]
    /// Where the tiles lie in the drawing, and who owns them.
    let places: [(x: Double, y: Double)]
    let owners: [ID<SDC>]
    /// Side of the squares, in the drawing's units.
    let spacing: Double
    /// The drawing's size, where names have to stay within it.
    var room: (width: Double, height: Double)?

    func fragment() -> [Fragment] {
        var squares: [[Int]: [Int]] = [:]
        for (index, place) in places.enumerated() {
            let square = [place.y, place.x].map { Int(($0 / spacing).rounded(.down)) }
            squares[square, default: []].append(index)
        }
        let dense = (squares.values.map(\.count).max() ?? 0) / 4
        var taken: [(x: Double, y: Double)] = []
        var names: [Fragment] = []
        for square in squares.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
        where square.value.count > dense {
            guard let (owner, place) = largest(square.value) else { continue }
            let at = within(place, Self.short(owner, among: sdcs))
            guard !taken.contains(where: { abs($0.x - at.x) < 26 && abs($0.y - at.y) < 14 })
            else { continue }
            taken.append(at)
            names.append(name(owner, at: at))
        }
        return names
    }

    /// Who owns most of `tiles`, and where; `nil` where nobody owns more than half.
    private func largest(_ tiles: [Int]) -> (ID<SDC>, (x: Double, y: Double))? {
        let counts = Dictionary(grouping: tiles) { owners[$0] }
        guard let most = counts.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
            2 * most.value.count > tiles.count
        else { return nil }
        return (most.key, centre(of: most.value))
    }

    /// The nearest place at which a name is not cut by the drawing's edge.
    private func within(
        _ place: (x: Double, y: Double), _ name: String
    ) -> (x: Double, y: Double) {
        guard let room else { return place }
        // Bold capitals of 12 pixels are about 9 wide and as high; the halo takes 2 more.
        let half = 4.5 * Double(name.count) + 2
        return (
            min(max(place.x, min(half, room.width / 2)), max(room.width - half, room.width / 2)),
            min(max(place.y, min(8, room.height / 2)), max(room.height - 8, room.height / 2))
        )
    }

    private func name(_ owner: ID<SDC>, at place: (x: Double, y: Double)) -> Fragment {
        Self.haloed(
            Self.short(owner, among: sdcs), x: place.x, y: place.y + 4, anchor: "middle", "name")
    }

    /// A text over its own broad outline, which sets it apart from what lies below.
    static func haloed(
        _ text: String, x: Double, y: Double, anchor: String, _ name: String
    ) -> Fragment {
        .group(
            [name + " halo", name].map { name in
                Fragment(
                    "text",
                    [
                        "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                        "text-anchor": anchor, "class": name,
                    ], .text(text))
            })
    }

    /// The place of the tile nearest to the mean of `tiles`, which are not empty.
    private func centre(of tiles: [Int]) -> (x: Double, y: Double) {
        let count = Double(tiles.count)
        let x = tiles.reduce(0) { $0 + places[$1].x } / count
        let y = tiles.reduce(0) { $0 + places[$1].y } / count
        func distance(_ tile: Int) -> Double {
            let (across, down) = (places[tile].x - x, places[tile].y - y)
            return across * across + down * down
        }
        let nearest = tiles.min { (distance($0), $0) < (distance($1), $1) }
        return nearest.map { places[$0] } ?? (x, y)
    }

    /// The name without what all SDCs' names begin with: `FR` for SDC-FR.
    private static func short(_ sdc: ID<SDC>, among sdcs: [SDC]) -> String {
        guard sdcs.count > 1, let first = sdcs.first?.id.text else { return sdc.text }
        let common = sdcs.reduce(first) { $0.commonPrefix(with: $1.id.text) }
        let rest = sdc.text.dropFirst(common.count)
        return rest.isEmpty ? sdc.text : String(rest)
    }
}
