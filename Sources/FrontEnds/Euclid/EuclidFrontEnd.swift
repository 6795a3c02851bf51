import Documents
import Foundation
public import Workflows

/// Pipeline Scripts of Euclid's pipeline runner, with the Package Definitions that they import.
///
/// A script is run once, by the host's Python and with a stand-in for the package `euclidwf`, and
/// leaves the graph of its calls.  It may read, and nothing else: no connection, no other program,
/// nothing written, a limited time.
///
/// Source: the Package Definitions and Pipeline Scripts of IAL (Infrastructure Abstraction Layer)
/// of the Euclid Science Ground Segment.
public struct EuclidFrontEnd: FrontEnd {
    public static let kind = "Euclid Pipeline Script"

    public static func reads(_ file: String) -> Bool { file.hasSuffix(".py") }

    /// Folders of Package Definitions besides the script's own.
    let packages: [String]
    let pipeline: String?
    /// Seconds that a script may take.
    let patience: Int

    /// - Parameters:
    ///   - packages: folders of Package Definitions besides the script's own.
    ///   - pipeline: which of the script's pipelines; the only one, or the one named as the file,
    ///     where `nil`.
    ///   - patience: seconds that a script may take.
    public init(packages: [String] = [], pipeline: String? = nil, patience: Int = 20) {
        self.packages = packages
        self.pipeline = pipeline
        self.patience = patience
    }

    public func graph(of file: String) throws(WorkflowError) -> Graph {
        _ = try AuthorsFile.bytes(of: file)
        return try GraphReader.read(try traced(file), file: file)
    }

    /// The tasks and pipelines of a folder's modules.
    ///
    /// - Throws: `WorkflowError` with all faults of all modules.
    public func catalogue(of folder: String) throws(WorkflowError) -> PackageCatalogue {
        let data = try traced(folder)
        guard let catalogue = try? JSONDecoder().decode(PackageCatalogue.self, from: data) else {
            throw fault(folder, found: "no catalogue", expected: "Package Definitions")
        }
        return catalogue
    }

    // MARK: - Python

    /// What the stand-in prints of a script, or of a folder.
    private func traced(_ path: String) throws(WorkflowError) -> Data {
        guard access(path, R_OK) == 0 else {
            throw fault(path, found: "nothing that can be read", expected: "a script or a folder")
        }
        var arguments = [path, "--seconds", String(patience)]
        for folder in packages { arguments += ["--packages", folder] }
        if let pipeline { arguments += ["--pipeline", pipeline] }
        let run: PythonRun
        do {
            run = try PythonRun(
                Data(PackageResources.trace_pipeline_py), arguments: arguments,
                patience: patience + 10, readers: path)
        } catch {
            throw fault(
                path, found: "\(error)", expected: "Python 3.9 or later as `python3` on this host")
        }
        switch run.status {
        case 0: return run.output
        case Self.faulty:
            let told = try? JSONDecoder().decode(Told.self, from: run.output)
            if let told, !told.faults.isEmpty {
                throw WorkflowError(.badScript, file: path, told.faults.map(\.diagnostic))
            }
        case PythonRun.killed:
            throw fault(
                path, found: "the script has not ended in \(patience + 10) s",
                expected: "one that only describes a pipeline")
        default: break
        }
        throw fault(
            path, found: "Python ended with status \(run.status): \(run.lastWords)",
            expected: "a script that only describes a pipeline")
    }

    /// The exit status of a script with faults (sysexits.h, `EX_DATAERR`).
    private static let faulty: Int32 = 65

    private func fault(_ path: String, found: String, expected: String) -> WorkflowError {
        WorkflowError(
            .badScript, file: path, [Diagnostic(file: path, found: found, expected: expected)])
    }

    private struct Told: Decodable {
        let faults: [Fault]

        struct Fault: Decodable {
            let file: String
            let line: Int
            let found: String
            let expected: String

            var diagnostic: Diagnostic {
                Diagnostic(
                    file: file, place: line > 0 ? .line(line) : nil, found: found,
                    expected: expected)
            }
        }
    }
}
