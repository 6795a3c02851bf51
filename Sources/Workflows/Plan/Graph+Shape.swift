extension Graph {
    /// Where two graphs differ in more than programs, resources and policies, as far as a run
    /// that began by one can go on by the other; `nil` where they do not.
    ///
    /// - Returns: one line that names the place.
    public func shapeDifference(from other: Graph) -> String? {
        if name != other.name { return "the graph is named \(name) and not \(other.name)" }
        if inputs != other.inputs { return "the graph has other inputs" }
        if outputs != other.outputs { return "the graph has other outputs" }
        switch (final, other.final) {
        case (nil, nil): break
        case (let own?, let others?):
            if let found = own.node.shapeDifference(from: others.node, "") { return found }
        default: return "one graph alone has a final node"
        }
        return body.shapeDifference(from: other.body, "")
    }
}

extension GraphBody {
    fileprivate func shapeDifference(from other: GraphBody, _ prefix: String) -> String? {
        let place = prefix.isEmpty ? "the graph" : "node \(prefix.dropLast())"
        if nodes.map(\.id) != other.nodes.map(\.id) { return "\(place) has other nodes" }
        if outputs != other.outputs { return "\(place) has other outputs" }
        for (own, others) in zip(nodes, other.nodes) {
            if let found = own.shapeDifference(from: others, prefix) { return found }
        }
        return nil
    }
}

extension Node {
    fileprivate func shapeDifference(from other: Node, _ prefix: String) -> String? {
        let place = "node \(prefix)\(id)"
        if id != other.id { return "\(place) is named \(id) and not \(other.id)" }
        if sources != other.sources || resourcesFrom != other.resourcesFrom {
            return "\(place) has other sources"
        }
        if after != other.after || trigger != other.trigger {
            return "\(place) waits for others"
        }
        switch (kind, other.kind) {
        case (.exec(let own), .exec(let others)):
            return own.inputs == others.inputs && own.outputs == others.outputs
                ? nil : "\(place) has other ports"
        case (.parallel(let own, let port), .parallel(let others, let otherPort)):
            if port != otherPort { return "\(place) runs over another port" }
            return own.shapeDifference(from: others, "\(prefix)\(id).")
        case (.nested(let own), .nested(let others)):
            return own.shapeDifference(from: others, "\(prefix)\(id).")
        case (.group, .group): return nil
        default: return "\(place) is of another kind"
        }
    }
}
