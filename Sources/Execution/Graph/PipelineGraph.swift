/// A pipeline as the runner executes it: programs joined through files, without a cycle.
///
/// It is read from a document of the format `sgs-graph/1`; whatever a front end reads becomes
/// such a graph first.
public struct PipelineGraph: Hashable, Sendable {
    /// The name that orders call it by.
    public let name: String
    /// What an order must bring.
    public let inputs: [PipelineInput]
    /// Its steps; every step comes after those that it needs.
    public let nodes: [PipelineNode]
    /// What is kept of the steps' outputs, as products of the order's item.
    public let outputs: [PipelineOutput]
    public let policy: RetryPolicy

    /// The step of this name.
    func node(_ id: String) -> PipelineNode? { nodes.first { $0.id == id } }

    /// The steps that a step waits for.
    func parents(of node: PipelineNode) -> Set<String> {
        Set(
            node.sources.values.compactMap {
                if case .port(let parent, _) = $0 { parent } else { nil }
            })
    }
}

/// Products of the items that an order names as inputs.
public struct PipelineInput: Hashable, Sendable {
    public let name: String
    public let content: PortContent
    /// The kind of the items whose products these are.
    public let kind: String
    /// The output of the items' own pipeline.
    public let product: String
}

/// One run of a program within a pipeline.
public struct PipelineNode: Hashable, Sendable {
    public let id: String
    public let executable: PipelineExecutable
    /// Where each input port of the program gets its file from.
    public let sources: [String: PortSource]
}

/// Where an input port gets its file from.
public enum PortSource: Hashable, Sendable {
    /// An input of the pipeline.
    case input(String)
    /// An output port of another node.
    case port(node: String, port: String)
}

/// A file that the pipeline keeps as a product.
public struct PipelineOutput: Hashable, Sendable {
    /// The product's own name; the order's item completes it.
    public let name: String
    public let node: String
    public let port: String
}

/// A program with its ports and the resources that it needs.
public struct PipelineExecutable: Hashable, Sendable {
    public let name: String
    /// A program's name, or its path relative to the pipelines' folder.
    public let command: String
    /// Arguments that precede those of the ports.
    public let arguments: [String]
    public let inputs: [InputPort]
    public let outputs: [OutputPort]
    public let resources: Resources

    public struct InputPort: Hashable, Sendable {
        public let name: String
        public let content: PortContent
    }

    public struct OutputPort: Hashable, Sendable {
        public let name: String
        /// Suffix of the file's name: `fits`, `xml`, `json`.
        public let mime: String
        /// The input ports that it is made from; by default all of the program's.
        public let lineage: [String]
    }
}

/// What a port stands for.
public enum PortContent: String, Hashable, Sendable, CaseIterable {
    /// One file.
    case file
    /// Any number of files, handed over as a JSON list of their paths.
    case listfile
}

/// What a payload occupies while it runs.
public struct Resources: Hashable, Sendable {
    public let cores: Int
    /// Memory in MiB.
    public let memory: Int
    /// Seconds after which the payload is ended.
    public let walltime: Double

    public init(cores: Int, memory: Int, walltime: Double) {
        self.cores = cores
        self.memory = memory
        self.walltime = walltime
    }
}

/// How often a step is tried.
public struct RetryPolicy: Hashable, Sendable {
    /// Runs of a step before it counts as failed; 3 by default.
    public let attempts: Int
    /// Exit codes after which it is not tried again.
    public let finalCodes: [Int]
    /// Runs that may be lost to the machine (a reboot, a killed wrapper) on top of the attempts.
    public let losses: Int

    public init(attempts: Int = 3, finalCodes: [Int] = [], losses: Int = 20) {
        self.attempts = attempts
        self.finalCodes = finalCodes
        self.losses = losses
    }
}
