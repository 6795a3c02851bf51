import Foundation
import Documents
import Glibc
import GroundSegment
public import Workflows

/// A pipeline with the document that it was read from and the programs that it calls.
public struct Pipeline: Hashable, Sendable {
    public let graph: Graph
    /// The graph's own document; the store keeps it with each run.
    public let document: String

    public init(graph: Graph, document: String) {
        self.graph = graph
        self.document = document
    }
}

/// The pipelines that a runner knows, and where it finds their programs.
public struct PipelineLibrary: Hashable, Sendable {
    /// By name.
    public let pipelines: [String: Pipeline]
    /// The folder of the documents.
    private let folder: String
    /// Where programs are looked for, in this order.
    let searchPath: [String]

    /// Reads all documents (`*.json`) of a folder.
    ///
    /// - Parameter searchPath: folders of programs that a document names without a path.
    /// - Throws: `ExecutionError` with all faults of all documents.
    public init(folder: String, searchPath: [String]) throws {
        self.folder = folder
        self.searchPath = searchPath
        let documents = StoredFiles.names(in: folder).filter { $0.hasSuffix(".json") }.map {
            GraphReader.Document(
                file: $0, data: FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data())
        }
        guard !documents.isEmpty else {
            throw ExecutionError(.badPipeline, "\(folder): there is no pipeline (*.json)")
        }
        let graphs: [Graph]
        do {
            graphs = try GraphReader.read(documents)
        } catch {
            throw ExecutionError(.badPipeline, error.description, diagnostics: error.diagnostics)
        }
        let faults = zip(documents, graphs).flatMap { document, graph in
            Self.faults(graph, document.file, folder, searchPath)
        }
        guard faults.isEmpty else {
            throw ExecutionError(
                .badPipeline, "\(folder): \(faults.count) faults", diagnostics: faults)
        }
        pipelines = Dictionary(
            graphs.map { ($0.name, Pipeline(graph: $0, document: $0.document)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Path of the program that an executable calls; `nil` where there is none.
    func program(_ executable: Executable) -> String? {
        Self.program(executable.command, folder, searchPath)
    }

    /// The programs that a graph calls and that are not here.
    func faults(_ graph: Graph) -> [Diagnostic] {
        Self.faults(graph, graph.name, folder, searchPath)
    }

    private static func faults(
        _ graph: Graph, _ file: String, _ folder: String, _ searchPath: [String]
    ) -> [Diagnostic] {
        var seen: Set<String> = []
        return executables(graph).filter {
            program($0.command, folder, searchPath) == nil && seen.insert($0.name).inserted
        }.map {
            Diagnostic(
                file: file, place: .record($0.name), field: "command",
                found: "\"\($0.command)\"",
                expected: "a program in \(searchPath.joined(separator: ":"))")
        }
    }

    /// All programs that a graph calls, those of its bodies included.
    private static func executables(_ graph: Graph) -> [Executable] {
        var found: [Executable] = []
        var open = [graph.body]
        while let body = open.popLast() {
            found += body.nodes.compactMap(\.executable)
            open += body.nodes.compactMap(\.kind.body)
        }
        return found + [graph.final?.node.executable].compactMap { $0 }
    }

    private static func program(_ command: String, _ folder: String, _ searchPath: [String])
        -> String?
    {
        program(command, folder: folder, searchPath: searchPath)
    }

    /// Path of a program; `nil` where there is none.
    ///
    /// - Parameter folder: where a command with a `/` that is no absolute path begins.
    public static func program(_ command: String, folder: String, searchPath: [String]) -> String? {
        let paths =
            command.hasPrefix("/")
            ? [command]
            : command.contains("/")
                ? ["\(folder)/\(command)"] : searchPath.map { "\($0)/\(command)" }
        return paths.first { access($0, X_OK) == 0 }
    }
}
