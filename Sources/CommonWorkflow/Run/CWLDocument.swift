import Digests
import Documents
import Foundation

/// A process of a CWL document with the input object that it is to be run with, all read and
/// checked.
public struct CWLDocument: Sendable {
    let process: Process
    let inputs: JSONValue
    let engine: JavaScriptEngine
    /// SHA-256, in hexadecimal, of all that the document was read from, its input object left out.
    public let digest: String

    /// Reads a document, or all its faults.
    ///
    /// - Parameters:
    ///   - tool: a file, maybe with `#` and the identifier of one of its processes; or an input
    ///     object that names its document as `cwl:tool`.
    ///   - job: the file with the input object.
    ///   - folder: an absolute path to which both are relative.
    ///   - baseFolder: to which files in the input object are relative; its own where `nil`.
    ///   - environment: of which PATH says where `node` is.
    /// - Throws: `CWLError`: `badDocument` or `unsupported`, with all that is wrong.
    public init(
        tool: String, job: String? = nil, in folder: String, baseFolder: String? = nil,
        environment: [String: String]
    ) throws(CWLError) {
        do {
            try self.init(reading: tool, job, folder, baseFolder, environment)
        } catch let error as CWLError {
            throw error
        } catch {
            throw CWLError(.badDocument, "\(error)")
        }
    }

    private init(
        reading tool: String, _ job: String?, _ folder: String, _ baseFolder: String?,
        _ environment: [String: String]
    ) throws {
        let faults = DocumentFaults()
        let reader = ProcessReader(faults: faults)
        engine = JavaScriptEngine(path: environment["PATH"] ?? "")
        var parts = Self.parts(tool, in: folder)
        var jobPath = job.map { FileLocation.absolute(Self.local($0), in: folder) }
        if let root = reader.files.root(of: parts.path, from: nil), let own = root["cwl:tool"]?.text
        {
            jobPath = jobPath ?? parts.path
            parts = Self.parts(own, in: FileLocation.folder(ofPath: parts.path))
        }
        try faults.check()
        let process = reader.process(of: parts.path, parts.fragment, from: nil)
        guard let process else {
            try faults.check()
            throw CWLError(.badDocument, "\(parts.path) cannot be read")
        }
        let root = reader.files.root(of: parts.path, from: nil)
        digest = SHA256Digest.hex(
            of: Data(
                reader.files.digests.filter { $0.key != jobPath }.values.sorted().joined().utf8))
        var job = JobFile.empty
        if let jobPath, let content = reader.files.root(of: jobPath, from: nil) {
            job = JobFile(
                content, in: baseFolder.map { FileLocation.absolute($0, in: folder) },
                namespaces: Namespaces(root?["$namespaces"]), faults: faults)
        }
        if let place = job.place, job.requirements != nil, process.version < .v11 {
            faults.add(
                at: place, field: "cwl:requirements", found: "requirements in an input object",
                expected: "none, for a document of CWL 1.0")
        }
        let further = RequirementReader(version: process.version, faults: faults)
            .requirements(job.requirements)
        self.process = process.adding(further)
        inputs = job.inputs
        DocumentCheck(faults: faults, hasJavaScript: engine.isThere).check(self.process)
        try faults.check()
    }

    private static func parts(_ reference: String, in folder: String) -> (
        path: String, fragment: String?
    ) {
        let path = FileLocation.absolute(local(reference), in: folder)
        if FileManager.default.fileExists(atPath: path) { return (path, nil) }
        let parts = Identifier.parts(reference)
        return (FileLocation.absolute(local(parts.file), in: folder), parts.fragment)
    }

    private static func local(_ reference: String) -> String {
        FileLocation.path(ofURI: reference) ?? reference
    }
}
