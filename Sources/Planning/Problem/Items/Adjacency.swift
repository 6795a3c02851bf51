/// A relation between two numbered sets, stored row after row (compressed sparse rows).
struct Adjacency: Sendable {
    let starts: [Int32]
    let targets: [Int32]

    /// The relation of `pairs`, whose sources are below `count`; each row keeps their order.
    init(count: Int, pairs: [(source: Int, target: Int)]) {
        var starts = [Int32](repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.source + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        var next = starts
        var targets = [Int32](repeating: 0, count: pairs.count)
        for pair in pairs {
            targets[Int(next[pair.source])] = Int32(pair.target)
            next[pair.source] += 1
        }
        self.starts = starts
        self.targets = targets
    }

    subscript(source: Int) -> ArraySlice<Int32> {
        targets[Int(starts[source])..<Int(starts[source + 1])]
    }
}

extension Adjacency {
    /// What overlaps each item, ascending: an observation's tiles, a tile's observations.
    init(_ items: PlannedItems, _ overlaps: Overlaps) {
        let first = items.observationCount
        self.init(
            count: items.count,
            pairs: overlaps.links.map { ($0.observation, first + $0.tile) }
                + overlaps.links.map { (first + $0.tile, $0.observation) })
    }
}
