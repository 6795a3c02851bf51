/// How large a body is, with all that its nodes hold.
struct GraphMeasure {
    static let mostNodes = 100_000
    /// Payloads are known by their nodes' names from the outermost on, and have folders of these
    /// paths: a name of a file has 255 bytes at most, and an attempt's number or a suffix follows.
    static let longestPath = 200

    var nodes = 0
    /// Bodies in one another, this one included.
    var depth = 1
    /// Characters of the longest path of a node.
    var path = 0

    init() {}

    init(_ body: GraphBody) {
        for node in body.nodes { add(node.id, node.kind.body.map(Self.init), of: node.kind) }
    }

    /// Adds a node and the body that it holds.
    mutating func add(_ id: String, _ inside: GraphMeasure?, of kind: Node.Kind) {
        nodes += 1 + (inside?.nodes ?? 0)
        depth = max(depth, 1 + (inside?.depth ?? 0))
        // Each part of a parallel node has a number in its path.
        let numbers = if case .parallel = kind { ".iterations.1000000".utf8.count } else { 0 }
        let inner = inside.map { $0.path + 1 + numbers } ?? 0
        path = max(path, id.utf8.count + inner)
    }
}

extension Node.Kind {
    /// The nodes that it holds.
    public var body: GraphBody? {
        switch self {
        case .parallel(let body, _), .nested(let body): body
        case .exec, .group: nil
        }
    }
}
