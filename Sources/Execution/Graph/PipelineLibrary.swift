import Foundation

/// A pipeline with the document that it was read from and the programs that it calls.
public struct Pipeline: Hashable, Sendable {
    public let graph: PipelineGraph
    /// The document as it was read; the store keeps it with each run.
    public let document: String
}

/// The pipelines that a runner knows, and where it finds their programs.
public struct PipelineLibrary: Hashable, Sendable {
    /// By name.
    public let pipelines: [String: Pipeline]
    /// The folder of the documents.
    private let folder: String
    /// Where programs are looked for, in this order.
    private let searchPath: [String]

    /// Reads all documents (`*.json`) of a folder.
    ///
    /// - Parameter searchPath: folders of programs that a document names without a path.
    /// - Throws: `ExecutionError` with all faults of all documents.
    public init(folder: String, searchPath: [String]) throws {
        self.folder = folder
        self.searchPath = searchPath
        var pipelines: [String: Pipeline] = [:]
        var failures: [ExecutionError] = []
        for name in FileTree.names(in: folder) where name.hasSuffix(".json") {
            do {
                let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
                let graph = try PipelineGraph(json: data, file: name)
                try Self.check(graph, name, folder, searchPath, known: pipelines)
                pipelines[graph.name] = Pipeline(
                    graph: graph, document: String(decoding: data, as: UTF8.self))
            } catch let failure as ExecutionError where failure.code == .badPipeline {
                failures.append(failure)
            }
        }
        guard failures.isEmpty else {
            throw ExecutionError(
                .badPipeline, failures.map(\.message).joined(separator: "; "),
                diagnostics: failures.flatMap(\.diagnostics))
        }
        guard !pipelines.isEmpty else {
            throw ExecutionError(.badPipeline, "\(folder): there is no pipeline (*.json)")
        }
        self.pipelines = pipelines
    }

    /// Path of the program that an executable calls; `nil` where there is none.
    func program(_ executable: PipelineExecutable) -> String? {
        Self.program(executable.command, folder, searchPath)
    }

    private static func check(
        _ graph: PipelineGraph, _ file: String, _ folder: String, _ searchPath: [String],
        known: [String: Pipeline]
    ) throws {
        var reader = DocumentReader(file: file)
        if known[graph.name] != nil {
            reader.fault(
                "pipeline", "name",
                found: "\"\(graph.name)\", the name of another document's pipeline",
                expected: "a name of its own")
        }
        for node in graph.nodes where program(node.executable.command, folder, searchPath) == nil {
            reader.fault(
                node.executable.name, "command", found: "\"\(node.executable.command)\"",
                expected: "a program in \(searchPath.joined(separator: ":"))")
        }
        guard reader.faults.isEmpty else {
            throw ExecutionError(
                .badPipeline, "\(file): \(reader.faults.count) faults", diagnostics: reader.faults)
        }
    }

    private static func program(_ command: String, _ folder: String, _ searchPath: [String])
        -> String?
    {
        let paths =
            command.hasPrefix("/")
            ? [command]
            : command.contains("/")
                ? ["\(folder)/\(command)"] : searchPath.map { "\($0)/\(command)" }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
