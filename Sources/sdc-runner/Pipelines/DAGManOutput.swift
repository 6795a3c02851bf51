import Commands
import Execution
import Files
import Foundation
import Workflows

/// Files for HTCondor, in a folder.
enum DAGManOutput {
    /// Writes what an export has, where it has no faults; says what it leaves out.
    ///
    /// - Parameter make: gets the folder's absolute path.
    /// - Throws: `CommandError` with all faults, or where the folder cannot be written or has the
    ///   files of another one.
    static func write(
        _ output: String?, _ answer: AnswerOptions, _ make: (String) -> DAGManExport
    ) throws {
        guard let output else {
            throw CommandError(.usage, "--format dagman: --output FOLDER is missing")
        }
        let folder = SiteOptions.absolute(output)
        let export = make(folder)
        guard export.faults.isEmpty else {
            throw CommandError(.badInput, lines: export.faults.map(\.description))
        }
        let files = FileManager.default
        if let found = try? files.contentsOfDirectory(atPath: folder), !found.isEmpty {
            throw CommandError(.cannotWrite, "\(folder): found files, expected an empty folder")
        }
        do {
            for inner in export.folders {
                try files.createDirectory(
                    atPath: "\(folder)/\(inner)", withIntermediateDirectories: true)
            }
            for (name, text) in export.files.sorted(by: { $0.key < $1.key }) {
                let path = "\(folder)/\(name)"
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                if export.programs.contains(name) { chmod(path, 0o755) }
            }
        } catch {
            throw CommandError(.cannotWrite, "\(folder): \(error.localizedDescription)")
        }
        if !answer.json && !answer.quiet {
            for remark in export.remarks { SDCRunner.remark(remark) }
        }
        let dag = "\(folder)/\(export.main)"
        try answer.show(
            Written(dag: dag, files: export.files.keys.sorted(), remarks: export.remarks), dag)
    }

    private struct Written: Encodable {
        let dag: String
        let files: [String]
        /// What the DAG leaves out.
        let remarks: [String]
    }
}
