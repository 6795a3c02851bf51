public import Workflows

/// Documents of the format `sgs-graph/2` or `sgs-graph/1`, as JSON or YAML.
public struct GraphDocumentFrontEnd: FrontEnd {
    public static let kind = "graph document"

    public static func reads(_ file: String) -> Bool {
        [".json", ".yaml", ".yml"].contains { file.hasSuffix($0) }
    }

    public init() {}

    public func graph(of file: String) throws(WorkflowError) -> Graph {
        try GraphReader.read(try AuthorsFile.bytes(of: file), file: file)
    }
}
