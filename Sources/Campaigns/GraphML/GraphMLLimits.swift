/// What of a GraphML document is read at most; a larger one is refused where it passes a limit.
public struct GraphMLLimits: Hashable, Sendable {
    public var bytes: Int
    public var nodes: Int
    public var edges: Int
    /// Bytes of one value.
    public var text: Int

    public init(
        bytes: Int = 250_000_000, nodes: Int = 200_000, edges: Int = 1_000_000,
        text: Int = 1_000_000
    ) {
        self.bytes = bytes
        self.nodes = nodes
        self.edges = edges
        self.text = text
    }
}
