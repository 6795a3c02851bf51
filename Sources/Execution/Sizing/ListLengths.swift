import Workflows

/// How long the lists of a graph's parallel nodes are, as far as its inputs' files tell.
struct ListLengths {
    /// A node that holds others, with how many times its body runs; `nil` where that is not known.
    struct Holder {
        let node: Node
        var count: Int?

        var isParallel: Bool { if case .parallel = node.kind { true } else { false } }
    }

    private let root: GraphBody
    private let inputs: [String: Int]

    /// An input of one file is a list in that file; one that cannot be read is of unknown length.
    init(_ graph: Graph, files: [String: [String]]) {
        var inputs: [String: Int] = [:]
        for input in graph.inputs {
            guard let paths = files[input.name] else { continue }
            switch input.content {
            case .listfile: inputs[input.name] = paths.count
            case .file:
                inputs[input.name] = paths.first.flatMap {
                    try? RunnerState.elements(ofList: $0).count
                }
            }
        }
        root = graph.body
        self.inputs = inputs
    }

    /// How many files a port has that gets them from `source`.
    ///
    /// - Parameter holders: what the port's node is in, outermost first.
    func length(of source: PortSource, in holders: [Holder]) -> Int? {
        switch source {
        case .input(let name):
            guard let holder = holders.last else { return inputs[name] }
            if case .parallel(_, let port) = holder.node.kind, port == name { return 1 }
            return holder.node.sources[name].flatMap { length(of: $0, in: holders.dropLast()) }
        case .port(let id, let port):
            let body = holders.last?.node.kind.body ?? root
            return body.place(of: id).flatMap {
                length(of: port, of: body.nodes[$0], in: holders)
            }
        }
    }

    /// Of a parallel node, whose body leaves a file each time, as long as its own list.
    private func length(of port: String, of node: Node, in holders: [Holder]) -> Int? {
        guard case .parallel(let body, let over) = node.kind,
            let output = body.outputs.first(where: { $0.name == port }),
            let maker = body.place(of: output.node).map({ body.nodes[$0] }),
            maker.executable?.outputs.first(where: { $0.name == output.port })?.content == .file
        else { return nil }
        return node.sources[over].flatMap { length(of: $0, in: holders) }
    }
}
