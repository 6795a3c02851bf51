/// Where the nodes of a graph without a cycle are drawn: in columns by their levels, with room for
/// the edges that pass columns, in an order that keeps edges short.
///
/// The order within columns is that of the means of neighbours' places, column by column, forth
/// and back (Sugiyama, Tagawa and Toda 1981, "Methods for visual understanding of hierarchical
/// system structures", the barycentric method).
public struct LayeredLayout: Hashable, Sendable {
    /// What stands in a column.
    public enum Slot: Hashable, Sendable {
        case node(Int)
        /// An edge that passes, by its number.
        case edge(Int)
    }

    /// The slots of each column, from its top on.
    public private(set) var columns: [[Slot]]
    /// The edges as they were given.
    private let edges: [(from: Int, to: Int)]
    private let levels: [Int]

    /// - Parameters:
    ///   - levels: the column of each node, from 0 on.
    ///   - edges: between nodes, each from a lower level to a higher one; others are left out of
    ///     the order.
    public init(levels: [Int], edges: [(from: Int, to: Int)]) {
        self.levels = levels
        self.edges = edges
        columns = Array(repeating: [], count: (levels.max() ?? -1) + 1)
        for (node, level) in levels.enumerated() where level >= 0 {
            columns[level].append(.node(node))
        }
        for (number, edge) in edges.enumerated() {
            for level in passed(edge) { columns[level].append(.edge(number)) }
        }
        for _ in 0..<4 {
            for column in columns.indices.dropFirst() { order(column, by: column - 1) }
            for column in columns.indices.dropLast().reversed() { order(column, by: column + 1) }
        }
    }

    public static func == (left: LayeredLayout, right: LayeredLayout) -> Bool {
        left.columns == right.columns
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(columns) }

    /// The slots that an edge goes through, from its node to its node.
    public func way(of edge: Int) -> [(column: Int, slot: Slot)] {
        let (from, to) = edges[edge]
        return [(levels[from], .node(from))] + passed(edges[edge]).map { ($0, .edge(edge)) }
            + [(levels[to], .node(to))]
    }

    private func passed(_ edge: (from: Int, to: Int)) -> Range<Int> {
        let first = levels[edge.from] + 1
        return first..<max(first, levels[edge.to])
    }

    /// Puts a column into the order of the means of its neighbours' places in another one.
    private mutating func order(_ column: Int, by other: Int) {
        let places = Dictionary(
            uniqueKeysWithValues: columns[other].enumerated().map { ($1, Double($0)) })
        var sums: [Slot: (sum: Double, count: Double)] = [:]
        for number in edges.indices {
            let way = way(of: number)
            for (one, next) in zip(way, way.dropFirst()) {
                for (own, neighbour) in [(one, next), (next, one)]
                where own.column == column && neighbour.column == other {
                    let place = places[neighbour.slot] ?? 0
                    sums[own.slot, default: (0, 0)].sum += place
                    sums[own.slot, default: (0, 0)].count += 1
                }
            }
        }
        // What has no neighbour there stays about where it is.
        let keys = columns[column].enumerated().map { place, slot in
            (slot: slot, key: sums[slot].map { $0.sum / $0.count } ?? Double(place), place: place)
        }
        columns[column] = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.slot)
    }
}
