import Documents
import Markup
public import Workflows

/// What a submission would run, reckoned from its graph and its files alone: nothing is begun.
///
/// How long a list is that a payload writes shows only when it has; payloads that follow from such
/// a list have no number.
public struct RunForecast: Hashable, Sendable, Encodable {
    /// The payloads of one node.
    public struct Node: Hashable, Sendable, Encodable {
        /// Its path in the graph: `correct.flat`.
        public let label: String
        public let executable: String
        /// What each asks for: MiB, seconds.
        public let cores: Int
        public let memory: Int
        public let walltime: Double
        public let gpus: Int
        /// An earlier node writes what they ask for; the above is what is declared.
        public let isAdjusted: Bool
        /// `nil` where it follows from a list that is not there yet.
        @OrNull public private(set) var payloads: Int?
        /// The most payloads that are handed over together.
        @OrNull public private(set) var clusterSize: Int?
        /// The fewest clusters, as when all are ready together; `nil` where `payloads` is.
        @OrNull public private(set) var clusters: Int?

        private enum CodingKeys: String, CodingKey {
            case label, executable, cores
            case memory = "memory_MiB"
            case walltime = "walltime_s"
            case gpus, payloads, clusters
            case isAdjusted = "adjusted"
            case clusterSize = "cluster_size"
        }
    }

    public let pipeline: String
    /// In an order in which each comes after those that it needs.
    public let nodes: [Node]
    /// Of all nodes whose number is known.
    public let payloads: Int
    public let clusters: Int
    /// Whether the numbers of all nodes are known.
    public let isWhole: Bool

    private enum CodingKeys: String, CodingKey {
        case pipeline, nodes, payloads, clusters
        case isWhole = "whole"
    }

    /// - Parameters:
    ///   - files: of the graph's inputs; what has none is not known.
    ///   - cluster: how payloads are handed over together of which the graph says nothing.
    public init(_ graph: Graph, files: [String: [String]] = [:], cluster: ClusterTerms? = nil) {
        let lengths = ListLengths(graph, files: files)
        var nodes: [Node] = []
        Self.add(graph.body, in: [], lengths, cluster, to: &nodes)
        if let final = graph.final, final.whenRun != .never {
            Self.add(final.node, in: [], lengths, cluster, to: &nodes)
        }
        pipeline = graph.name
        self.nodes = nodes
        payloads = Self.sum(nodes.map(\.payloads))
        clusters = Self.sum(nodes.map(\.clusters))
        isWhole = nodes.allSatisfy { $0.payloads != nil }
    }

    private static func add(
        _ body: GraphBody, in holders: [ListLengths.Holder], _ lengths: ListLengths,
        _ cluster: ClusterTerms?, to nodes: inout [Node]
    ) {
        for node in body.nodes { add(node, in: holders, lengths, cluster, to: &nodes) }
    }

    private static func add(
        _ node: Workflows.Node, in holders: [ListLengths.Holder], _ lengths: ListLengths,
        _ cluster: ClusterTerms?, to nodes: inout [Node]
    ) {
        if let body = node.kind.body {
            var holder = ListLengths.Holder(node: node, count: 1)
            if case .parallel(_, let port) = node.kind {
                holder.count = node.sources[port].flatMap {
                    lengths.length(of: $0, in: holders)
                }
            }
            return add(body, in: holders + [holder], lengths, cluster, to: &nodes)
        }
        guard let executable = node.executable else { return }
        let resources = executable.resources
        let count = product(holders.map(\.count))
        let terms = node.policy.cluster ?? cluster ?? ClusterTerms(size: 1)
        let groups = holders.last { $0.isParallel && $0.node.id == terms.by }?.count ?? 1
        var (size, clusters): (Int?, Int?) = (nil, nil)
        if let count {
            let each = count / max(1, groups)
            let most = terms.count(ofWalltime: resources.walltime, among: each, groups: groups)
            (size, clusters) = (most, groups * ((each + most - 1) / most))
        } else if terms.clusters == nil {
            size = terms.count(ofWalltime: resources.walltime)
        }
        nodes.append(
            Node(
                label: (holders.map(\.node.id) + [node.id]).joined(separator: "."),
                executable: executable.name, cores: resources.cores, memory: resources.memory,
                walltime: resources.walltime, gpus: resources.gpus,
                isAdjusted: node.resourcesFrom != nil, payloads: count, clusterSize: size,
                clusters: clusters))
    }

    /// `nil` where one of them is; no product is larger than 10^15.
    private static func product(_ counts: [Int?]) -> Int? {
        var product = 1
        for count in counts {
            guard let count else { return nil }
            let (next, isTooLarge) = product.multipliedReportingOverflow(by: count)
            product = isTooLarge ? mostPayloads : min(next, mostPayloads)
        }
        return product
    }

    private static func sum(_ counts: [Int?]) -> Int {
        counts.reduce(0) { min($0 + ($1 ?? 0), mostPayloads) }
    }

    private static let mostPayloads = 1_000_000_000_000_000
}

extension RunForecast {
    /// A line for each node and one for all, and what is not known.
    public var text: String {
        var table = TextTable(
            "NODE", "PROGRAM", .right("CORES"), .right("GPUS"), .right("MiB"), .right("WALLTIME/s"),
            .right("PAYLOADS"), .right("TOGETHER"), .right("CLUSTERS"))
        for node in nodes {
            table.add(
                node.label, node.executable, "\(node.cores)", "\(node.gpus)", "\(node.memory)",
                JSONText.digits(of: node.walltime), Self.text(node.payloads),
                Self.text(node.clusterSize), Self.text(node.clusters))
        }
        let least = isWhole ? "" : ">= "
        table.add("all", "", "", "", "", "", "\(least)\(payloads)", "", "\(least)\(clusters)")
        let adjusted = nodes.filter(\.isAdjusted).map(\.label)
        let notes =
            adjusted.isEmpty
            ? [] : ["an earlier node says what \(adjusted.joined(separator: ", ")) will be given"]
        return ([table.text] + notes).joined(separator: "\n")
    }

    static func text(_ count: Int?) -> String { count.map(String.init) ?? "?" }
}
