extension Graph {
    /// Seconds that a run lasts at most by what its programs declare, where each starts as soon as
    /// what it needs is there and none is tried again: the longest way through the graph.
    public var walltime: Double {
        body.walltime + (final?.node.executable?.resources.walltime ?? 0)
    }
}

extension GraphBody {
    fileprivate var walltime: Double {
        var ends: [String: Double] = [:]
        // Each node comes after those that it needs.
        for node in nodes {
            let start = node.parents.compactMap { ends[$0] }.max() ?? 0
            ends[node.id] = start + node.walltime
        }
        return ends.values.max() ?? 0
    }
}

extension Node {
    /// The elements of a parallel node's list run side by side.
    fileprivate var walltime: Double {
        switch kind {
        case .exec(let executable): executable.resources.walltime
        case .parallel(let body, _), .nested(let body): body.walltime
        case .group: 0
        }
    }
}
