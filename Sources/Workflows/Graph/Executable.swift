/// A program with its ports and the resources that it needs.
///
/// It is known by its own name: two with one command and other resources are two.
public struct Executable: Hashable, Sendable {
    public let name: String
    /// A program's name, or its path relative to the pipelines' folder.
    public let command: String
    /// Arguments that precede those of the ports.
    public let arguments: [String]
    public let inputs: [InputPort]
    public let outputs: [OutputPort]
    public let resources: Resources

    public init(
        name: String, command: String, arguments: [String] = [], inputs: [InputPort] = [],
        outputs: [OutputPort] = [], resources: Resources
    ) {
        self.name = name
        self.command = command
        self.arguments = arguments
        self.inputs = inputs
        self.outputs = outputs
        self.resources = resources
    }

    public struct InputPort: Hashable, Sendable {
        public let name: String
        public let content: PortContent

        public init(name: String, content: PortContent = .file) {
            self.name = name
            self.content = content
        }
    }

    public struct OutputPort: Hashable, Sendable {
        public let name: String
        /// Suffix of the file's name: letters and digits, such as `fits`, `xml`, `json`.
        public let mime: String
        public let content: PortContent
        /// The input ports that it is made from; by default all of the program's.
        public let lineage: [String]

        public init(
            name: String, mime: String, content: PortContent = .file, lineage: [String] = []
        ) {
            self.name = name
            self.mime = mime
            self.content = content
            self.lineage = lineage
        }
    }
}

/// What a port stands for.
public enum PortContent: String, Hashable, Sendable, CaseIterable {
    /// One file.
    case file
    /// Any number of files, handed over as a JSON list of their paths.
    case listfile
}
