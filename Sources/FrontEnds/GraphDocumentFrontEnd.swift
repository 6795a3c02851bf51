import Documents
public import Workflows
import Foundation

/// Documents of the format `sgs-graph/2` or `sgs-graph/1`, as JSON or YAML.
public struct GraphDocumentFrontEnd: FrontEnd {
    public static let kind = "graph document"

    public static func reads(_ file: String) -> Bool {
        [".json", ".yaml", ".yml"].contains { file.hasSuffix($0) }
    }

    public init() {}

    public func graph(of file: String) throws(WorkflowError) -> Graph {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw WorkflowError(unreadable: file)
        }
        return try GraphReader.read(data, file: file)
    }
}

extension WorkflowError {
    init(unreadable file: String) {
        self.init(
            .badGraph, file: file,
            [Diagnostic(file: file, found: "no file that can be read", expected: "a pipeline")])
    }
}
