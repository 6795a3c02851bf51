/// What each output of a pipeline is made from.
struct Lineage {
    let graph: PipelineGraph

    /// What an output comes from: inputs of the pipeline, and outputs on the way that are kept.
    struct Origin: Hashable {
        var inputs: Set<String> = []
        var outputs: Set<String> = []
    }

    /// The origin of an output, followed through the ports' own lineage to the pipeline's inputs.
    func origin(of output: PipelineOutput) -> Origin {
        var origin = Origin()
        var seen: Set<[String]> = []
        var open = [(node: output.node, port: output.port)]
        while let place = open.popLast() {
            guard seen.insert([place.node, place.port]).inserted,
                let node = graph.node(place.node),
                let port = node.executable.outputs.first(where: { $0.name == place.port })
            else { continue }
            for source in port.lineage.compactMap({ node.sources[$0] }) {
                switch source {
                case .input(let name): origin.inputs.insert(name)
                case .port(let node, let port): open.append((node, port))
                }
            }
            for kept in graph.outputs where kept.node == place.node && kept.port == place.port {
                origin.outputs.insert(kept.name)
            }
        }
        origin.outputs.remove(output.name)
        return origin
    }
}
