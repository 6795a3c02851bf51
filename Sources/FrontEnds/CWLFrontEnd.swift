import CommonWorkflow
import Documents
import Foundation
public import Workflows

/// Documents of the Common Workflow Language: each step of a workflow is a payload, which runs
/// `sdc-runner cwl-step` where it is placed; another process is one payload.  A last one puts the
/// files of the output object into a folder.
///
/// A scattered step is one payload, as is one whose process is a workflow; it asks for the cores
/// and the memory of the largest of its tools.
///
/// Source: Common Workflow Language 1.2.
public struct CWLFrontEnd: FrontEnd {
    public static let kind = "CWL document"

    public static func reads(_ file: String) -> Bool { CWLDocument.isOne(file) }

    /// The file with the input object; `nil` where there is none.
    private let job: String?
    /// Where outputs go; an absolute path.
    private let outputFolder: String

    public init(job: String?, outputFolder: String) {
        self.job = job
        self.outputFolder = outputFolder
    }

    public func graph(of file: String) throws(WorkflowError) -> Graph {
        try graph(of: document(file), file)
    }

    /// The files of a run, by the graph's inputs: the input object, and what it names.
    ///
    /// - Throws: `WorkflowError` where the input object is not what the process takes.
    public func inputs(of file: String) throws(WorkflowError) -> [String: [String]] {
        let document = try document(file)
        do throws(CWLError) {
            try document.checkInputs(temporaryFolder: NSTemporaryDirectory())
        } catch {
            throw WorkflowError(.badGraph, lines: error.lines)
        }
        guard let job else { return [:] }
        return [Self.job: [Self.absolute(job)], Self.files: document.inputFiles]
    }

    private func document(_ file: String) throws(WorkflowError) -> CWLDocument {
        do throws(CWLError) {
            return try CWLDocument(
                tool: file, job: job, in: FileManager.default.currentDirectoryPath,
                environment: ProcessInfo.processInfo.environment)
        } catch {
            throw WorkflowError(
                error.code == .unsupported ? .unsupported : .badGraph, lines: error.lines)
        }
    }

    /// The names of the graph's inputs, and of the ports of its nodes.
    private static let job = "job"
    private static let files = "job_files"
    private static let outputs = "outputs"
    /// MiB that the program which runs a step needs itself.
    private static let ownMemory = 256
    /// Seconds; a tool without a limit may run for a day.
    private static let walltime = 86_400
    /// Failures that are for good, what is not offered, bad input.
    private static let finalCodes = [1, 33, 64, 65, 73]

    private func graph(of document: CWLDocument, _ file: String) throws(WorkflowError) -> Graph {
        let parts = document.parts
        let ids = Self.ids(of: parts)
        var nodes = parts.enumerated().map { number, part in
            node(
                id: ids[number], part.step.map { ["--step", $0] } ?? [], document, file,
                from: parts.indices.filter { other in
                    parts[other].step.map(part.needs.contains) ?? false
                }.map { ids[$0] }, after: [], resources: (part.cores, part.memory))
        }
        let giving = parts.indices.filter { number in
            parts[number].step.map(document.givingSteps.contains) ?? true
        }
        nodes.append(
            node(
                id: Self.free("results", ids), ["--results", outputFolder], document, file,
                from: giving.map { ids[$0] },
                after: parts.indices.filter { !giving.contains($0) }.map { ids[$0] },
                resources: (1, 1)))
        let inputs: [JSONValue] =
            job == nil
            ? []
            : [
                ["name": .text(Self.job)],
                ["name": .text(Self.files), "content_type": "listfile"],
            ]
        let graph: JSONValue = [
            "format": "sgs-graph/2", "name": .text(Self.plain(document.shortName)),
            "inputs": .list(inputs), "nodes": .list(nodes),
            "outputs": [
                [
                    "name": .text(Self.outputs), "node": .text(Self.free("results", ids)),
                    "port": .text(Self.outputs),
                ]
            ],
        ]
        return try GraphReader.read(Data(graph.canonical.utf8), file: file)
    }

    private func node(
        id: String, _ words: [String], _ document: CWLDocument, _ file: String, from: [String],
        after: [String], resources: (cores: Int, memory: Int)
    ) -> JSONValue {
        var words = ["cwl-step", Self.absolute(file), "--digest", document.digest] + words
        var ports: [JSONValue] = []
        var sources: [JSONValue.Member] = []
        if let job {
            words += ["--basedir", (Self.absolute(job) as NSString).deletingLastPathComponent]
            ports.append(["name": .text(Self.job)])
            ports.append(["name": .text(Self.files), "content_type": "listfile"])
            for name in [Self.job, Self.files] {
                sources.append(.init(name: name, value: ["input": .text(name)]))
            }
        }
        for (number, other) in from.enumerated() {
            ports.append(["name": .text("from_\(number)")])
            sources.append(
                .init(
                    name: "from_\(number)",
                    value: ["node": .text(other), "port": .text(Self.outputs)]))
        }
        return [
            "id": .text(id), "kind": "exec",
            "executable": [
                "name": .text(id), "command": "sdc-runner", "arguments": .list(words),
                "inputs": .list(ports),
                // A list of files: what a step has given is not given to another run, as its files
                // stay with its own.
                "outputs": [
                    ["name": .text(Self.outputs), "mime_type": "json"],
                    ["name": "files", "mime_type": "json", "content_type": "listfile"],
                ],
                "resources": [
                    "cores": .integer(resources.cores),
                    "ram_MiB": .integer(max(1024, resources.memory) + Self.ownMemory),
                    "walltime_s": .integer(Self.walltime),
                ],
            ],
            "in": .object(sources), "after": .list(after),
            "policy": [
                "final_codes": .list(Self.finalCodes.map(JSONValue.integer)),
                "memory": ["multiplier": 2],
            ],
        ]
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// A name for the node of each part.
    private static func ids(of parts: [CWLPart]) -> [String] {
        var ids: [String] = []
        for part in parts { ids.append(free(plain(part.step ?? "process"), ids)) }
        return ids
    }

    private static func free(_ name: String, _ taken: [String]) -> String {
        var (free, number) = (name, 1)
        while taken.contains(free) {
            number += 1
            free = "\(name.prefix(56))_\(number)"
        }
        return free
    }

    /// The name with what nodes' names may have.
    private static func plain(_ name: String) -> String {
        let plain = name.map { character in
            character.isASCII && (character.isLetter || character.isNumber)
                || character == "-" || character == "_" ? character : "_"
        }
        return plain.isEmpty ? "_" : String(plain.prefix(64))
    }
}
