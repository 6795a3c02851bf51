import Workflows

extension RunLife {
    /// A process, or a group that was asked for, and what it comes after.
    struct Ordered: Hashable, Sendable {
        let number: Int
        /// Numbers of others of the list, each once, ascending.
        var after: [Int]
    }

    /// The processes that count, each after those that it comes after: whatever holds them is
    /// resolved to what begins and ends in it.
    ///
    /// What has never been expanded holds nothing and ends with what it comes after. The final node
    /// is the last, after all that nothing else comes after.
    ///
    /// - Parameter keepsGroups: whether groups are listed, too.
    func processesInOrder(keepsGroups: Bool) -> [Ordered] {
        var walk = OrderWalk(life: self, keepsGroups: keepsGroups)
        let ends = walk.walk(graph.body, from: 0, entry: [])
        var list = walk.list
        if let final = finalNumber, graph.final?.whenRun != .never {
            list.append(Ordered(number: final, after: ends))
        }
        return list
    }
}

/// A walk through a run's bodies, from the outermost inwards.
private struct OrderWalk {
    let life: RunLife
    let keepsGroups: Bool
    var list: [RunLife.Ordered] = []

    /// Lists what a body's payloads are, the first of which has the number `base`.
    ///
    /// - Parameter entry: what those come after that come after none of the body.
    /// - Returns: what ends last.
    mutating func walk(_ body: GraphBody, from base: Int, entry: [Int]) -> [Int] {
        var ends: [[Int]] = []
        for (place, node) in body.nodes.enumerated() {
            let number = base + place
            let parents = node.parents.compactMap { body.place(of: $0) }
            let before = parents.isEmpty ? entry : Self.union(parents.map { ends[$0] })
            switch node.kind {
            case .exec:
                list.append(RunLife.Ordered(number: number, after: before))
                ends.append(Self.union([[number]] + parts(of: number, entry: [number])))
            case .group:
                if keepsGroups { list.append(RunLife.Ordered(number: number, after: before)) }
                ends.append(keepsGroups ? [number] : before)
            case .nested, .parallel:
                let parts = parts(of: number, entry: before)
                ends.append(parts.isEmpty ? before : Self.union(parts))
            }
        }
        let last = body.nodes.indices.filter { body.children[$0].isEmpty }
        return Self.union(last.map { ends[$0] })
    }

    /// What ends last of each iteration of what a payload holds.
    private mutating func parts(of number: Int, entry: [Int]) -> [[Int]] {
        guard let index = life.containerIndex(of: number) else { return [] }
        let container = life.containers[index]
        var ends: [[Int]] = []
        for (range, segment) in zip(life.ranges(of: container), container.segments) {
            let body = life.segments[segment].body
            guard !body.nodes.isEmpty else { continue }
            for base in stride(from: range.lowerBound, to: range.upperBound, by: body.nodes.count) {
                ends.append(walk(body, from: base, entry: entry))
            }
        }
        return ends
    }

    private static func union(_ lists: [[Int]]) -> [Int] {
        lists.count == 1 ? lists[0] : Set(lists.joined()).sorted()
    }
}
