/// An order in which each node comes after those that it needs, otherwise as they were given.
///
/// Depth-first search without recursion (Tarjan 1972, SIAM J. Comput. 1, 146).
struct NodeOrder {
    private(set) var nodes: [Int] = []
    /// Nodes that need one another all round, each the parent of the next and the last of the
    /// first; no cycle is told twice.
    private(set) var cycles: [[Int]] = []

    private enum Visit {
        case none, open, done
    }

    /// - Parameter parents: for each node, by its number, those that it needs.
    init(parents: [[Int]]) {
        var visits = Array(repeating: Visit.none, count: parents.count)
        nodes.reserveCapacity(parents.count)
        for start in parents.indices where visits[start] == .none {
            var path = [(node: start, seen: 0)]
            visits[start] = .open
            while let (node, seen) = path.last {
                guard seen < parents[node].count else {
                    visits[node] = .done
                    nodes.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].seen += 1
                let parent = parents[node][seen]
                switch visits[parent] {
                case .none:
                    visits[parent] = .open
                    path.append((parent, 0))
                case .open:
                    let first = path.firstIndex { $0.node == parent } ?? 0
                    cycles.append(path[first...].map(\.node).reversed())
                case .done: break
                }
            }
        }
    }
}
