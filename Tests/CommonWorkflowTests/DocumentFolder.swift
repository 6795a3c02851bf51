import CommonWorkflow
import Foundation

/// A folder of documents, outputs and temporary files that is removed with this value.
struct DocumentFolder: ~Copyable {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        for name in ["", "outputs", "temporary"] {
            try FileManager.default.createDirectory(
                at: url.appending(path: name), withIntermediateDirectories: true)
        }
        let path = url.resolvingSymlinksInPath().path
        for (name, text) in files { try Self.write(text, to: name, in: path) }
        self.path = path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws {
        try Self.write(text, to: name, in: path)
    }

    private static func write(_ text: String, to name: String, in path: String) throws {
        let url = URL(fileURLWithPath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// The names in one of its folders.
    func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").sorted()
    }

    /// A document that is read and checked.
    func document(_ tool: String = "tool.cwl", job: String? = nil, searchPath: String? = nil) throws
        -> CWLDocument
    {
        var environment = ProcessInfo.processInfo.environment
        if let searchPath { environment["PATH"] = searchPath }
        return try CWLDocument(tool: tool, job: job, in: path, environment: environment)
    }

    /// The output object of a document, and what was said meanwhile.
    func outputs(_ tool: String = "tool.cwl", job: String? = nil, cores: Int = 2) async throws
        -> [String: Any]
    {
        let run = CWLRun(
            outputFolder: "\(path)/outputs", temporaryFolder: "\(path)/temporary",
            environment: ProcessInfo.processInfo.environment, executor: LocalExecutor(cores: cores))
        let text = try await run.outputs(of: document(tool, job: job))
        return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    /// The faults of a document, with the folder left out of their paths.
    func faults(_ tool: String = "tool.cwl", job: String? = nil) -> [String] {
        let folder = path + "/"
        do {
            _ = try document(tool, job: job)
            return []
        } catch let error as CWLError {
            return error.lines.map { $0.replacing(folder, with: "") }
        } catch {
            return ["\(error)"]
        }
    }

    /// Whether JavaScript can be evaluated on this machine.
    static var hasNode: Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/node")
                || FileManager.default.isExecutableFile(atPath: "\($0)/nodejs")
        }
    }
}
