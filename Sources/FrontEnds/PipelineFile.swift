import Documents
public import Workflows

/// A file that describes a pipeline, in whichever way.
public struct PipelineFile: Hashable, Sendable {
    public let path: String
    /// Folders of further Package Definitions of a Euclid Pipeline Script.
    public var packages: [String]
    /// Which of a script's pipelines; the only one, or the one named as the file, where `nil`.
    public var pipeline: String?
    /// How a recorded workflow is replayed.
    public var replay: ReplayTerms

    public init(
        _ path: String, packages: [String] = [], pipeline: String? = nil,
        replay: ReplayTerms = ReplayTerms()
    ) {
        self.path = path
        self.packages = packages
        self.pipeline = pipeline
        self.replay = replay
    }

    /// Whether a file of this name describes a pipeline, though one of CWL is not submitted.
    public static func isOne(_ path: String) -> Bool {
        [EuclidFrontEnd.reads, DAGManFrontEnd.reads, GraphDocumentFrontEnd.reads].contains {
            $0(path)
        } || path.hasSuffix(".cwl")
    }

    /// The graph that it describes.
    ///
    /// - Throws: `WorkflowError` with all faults.
    public func graph() throws(WorkflowError) -> Graph {
        if EuclidFrontEnd.reads(path) {
            return try EuclidFrontEnd(packages: packages, pipeline: pipeline).graph(of: path)
        }
        if DAGManFrontEnd.reads(path) { return try DAGManFrontEnd().graph(of: path) }
        if path.hasSuffix(".cwl") {
            throw WorkflowError(
                .badGraph, file: path,
                [
                    Diagnostic(
                        file: path, found: "a CWL document",
                        expected: "a pipeline of this runner; `sdc-runner cwl` runs CWL documents")
                ])
        }
        guard GraphDocumentFrontEnd.reads(path) else {
            throw WorkflowError(
                .badGraph, file: path,
                [
                    Diagnostic(
                        file: path, found: "a file of an unknown kind",
                        expected:
                            "a \(EuclidFrontEnd.kind) (.py), a \(DAGManFrontEnd.kind) (.dag), a "
                            + "\(GraphDocumentFrontEnd.kind) (.json, .yaml) or a "
                            + "\(RecordFrontEnd.kind) (.json)")
                ])
        }
        if RecordFrontEnd.reads(path) {
            let data = try AuthorsFile.bytes(of: path, most: WfFormatReader.mostBytes)
            if RecordFrontEnd.isOne(data) { return try RecordFrontEnd(replay).graph(of: path) }
        }
        return try GraphDocumentFrontEnd().graph(of: path)
    }
}
