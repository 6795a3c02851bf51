/// The nodes of a graph, or of a node that holds others, in an order in which each comes after
/// those that it needs.
public struct GraphBody: Hashable, Sendable {
    public let nodes: [Node]
    /// What the node that holds this body shows as its own output ports.
    public let outputs: [BodyOutput]
    /// The nodes that wait for a node, by its place.
    public let children: [[Int]]
    /// For how many nodes each waits.
    public let parentCounts: [Int]
    /// Which nodes are processes themselves, by their places.
    public let isProcess: [Bool]
    private let places: [String: Int]

    /// - Parameter nodes: sorted, with names that differ; each needs only those before it.
    package init(nodes: [Node], outputs: [BodyOutput] = []) {
        self.nodes = nodes
        self.outputs = outputs
        let places = Dictionary(
            nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var children = nodes.map { _ in [Int]() }
        var counts: [Int] = []
        for (place, node) in nodes.enumerated() {
            let parents = Set(node.parents.compactMap { places[$0] })
            precondition(parents.allSatisfy { $0 < place }, "\(node.id) precedes what it needs")
            for parent in parents.sorted() { children[parent].append(place) }
            counts.append(parents.count)
        }
        self.children = children
        parentCounts = counts
        isProcess = nodes.map { $0.executable != nil }
        self.places = places
    }

    /// The port of a parallel node that has its outputs together: a list with, for each element, the
    /// list of the body's outputs in their order.
    public static let tuples = "tuplelist"

    /// The place of the node of this name.
    public func place(of node: String) -> Int? { places[node] }
}

/// An output port of a node that holds others.
public struct BodyOutput: Hashable, Sendable {
    public let name: String
    public let node: String
    public let port: String

    public init(name: String, node: String, port: String) {
        self.name = name
        self.node = node
        self.port = port
    }
}
