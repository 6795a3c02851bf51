/// A pipeline as a runner executes it: programs joined through files, without a cycle.
///
/// It is read from a document of the format `sgs-graph/2` (`GraphReader`); whatever a front end
/// reads becomes such a graph first. A graph that exists is valid: its names are known, its
/// sources exist, and every node comes after those that it needs.
public struct Graph: Hashable, Sendable {
    /// The name that orders call it by.
    public let name: String
    /// What an order or a submission must bring.
    public let inputs: [GraphInput]
    public let body: GraphBody
    /// What is kept of the nodes' outputs, as products of the order's item.
    public let outputs: [GraphOutput]
    /// Runs after everything else, whatever became of it; `nil` where there is none.
    public let final: FinalNode?
    /// The most payloads of a category that run at the same time, by the category's name.
    public let categories: [String: Int]
    /// The failed payloads with which a run still completes, as a partial success.
    public let tolerance: Tolerance

    init(
        name: String, inputs: [GraphInput] = [], body: GraphBody, outputs: [GraphOutput] = [],
        final: FinalNode? = nil, categories: [String: Int] = [:], tolerance: Tolerance = .none
    ) {
        self.name = name
        self.inputs = inputs
        self.body = body
        self.outputs = outputs
        self.final = final
        self.categories = categories
        self.tolerance = tolerance
    }
}

/// Products of the items that an order names as inputs, or files of a submission.
public struct GraphInput: Hashable, Sendable {
    public let name: String
    public let content: PortContent
    /// The kind of the items whose products these are: `observation` or `tile`.
    public let kind: String
    /// The output of the items' own pipeline.
    public let product: String

    public init(name: String, content: PortContent, kind: String, product: String) {
        self.name = name
        self.content = content
        self.kind = kind
        self.product = product
    }
}

/// A file that is kept as a product.
public struct GraphOutput: Hashable, Sendable {
    /// The product's own name; the order's item completes it.
    public let name: String
    /// A node of the graph's own body.
    public let node: String
    public let port: String
    /// Whether the port has one file or a list of them.
    public let content: PortContent

    public init(name: String, node: String, port: String, content: PortContent = .file) {
        self.name = name
        self.node = node
        self.port = port
        self.content = content
    }
}

/// The payload that ends a run.
public struct FinalNode: Hashable, Sendable {
    public enum WhenRun: String, Hashable, Sendable, CaseIterable {
        /// After success, failure and cancel.
        case always
        case success
        case never
    }

    public let node: Node
    public let whenRun: WhenRun

    public init(node: Node, whenRun: WhenRun = .always) {
        self.node = node
        self.whenRun = whenRun
    }
}

/// How many may fail of those that there are.
public enum Tolerance: Hashable, Sendable {
    case count(Int)
    /// Part of those that there are, 0 to 1.
    case part(Double)

    public static let none = Tolerance.count(0)

    /// Whether `failed` of `all` are few enough.
    public func admits(failed: Int, of all: Int) -> Bool {
        switch self {
        case .count(let count): failed <= count
        case .part(let part): Double(failed) <= part * Double(all)
        }
    }
}
