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
    /// The input object of a CWL document; `nil` where there is none.
    public var job: String?
    /// Where the outputs of a CWL document go; an absolute path.
    public var outputFolder: String

    public init(
        _ path: String, packages: [String] = [], pipeline: String? = nil,
        replay: ReplayTerms = ReplayTerms(), job: String? = nil, outputFolder: String = "/"
    ) {
        self.path = path
        self.packages = packages
        self.pipeline = pipeline
        self.replay = replay
        self.job = job
        self.outputFolder = outputFolder
    }

    /// Whether a file of this name describes a pipeline.
    public static func isOne(_ path: String) -> Bool {
        [
            EuclidFrontEnd.reads, DAGManFrontEnd.reads, GraphDocumentFrontEnd.reads,
            CWLFrontEnd.reads,
        ].contains { $0(path) }
    }

    /// The files of a run that the description itself names, by the graph's inputs.
    ///
    /// - Throws: `WorkflowError` with all faults.
    public func inputs() throws(WorkflowError) -> [String: [String]] {
        CWLFrontEnd.reads(path) ? try commonWorkflow.inputs(of: path) : [:]
    }

    private var commonWorkflow: CWLFrontEnd {
        CWLFrontEnd(job: job, outputFolder: outputFolder)
    }

    /// The graph that it describes.
    ///
    /// - Throws: `WorkflowError` with all faults.
    public func graph() throws(WorkflowError) -> Graph {
        if EuclidFrontEnd.reads(path) {
            return try EuclidFrontEnd(packages: packages, pipeline: pipeline).graph(of: path)
        }
        if DAGManFrontEnd.reads(path) { return try DAGManFrontEnd().graph(of: path) }
        if CWLFrontEnd.reads(path) { return try commonWorkflow.graph(of: path) }
        guard GraphDocumentFrontEnd.reads(path) else {
            throw WorkflowError(
                .badGraph, file: path,
                [
                    Diagnostic(
                        file: path, found: "a file of an unknown kind",
                        expected:
                            "a \(EuclidFrontEnd.kind) (.py), a \(DAGManFrontEnd.kind) (.dag), a "
                            + "\(CWLFrontEnd.kind) (.cwl), a \(GraphDocumentFrontEnd.kind) (.json, .yaml) or a "
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
