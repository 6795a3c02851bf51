import Commands
import Documents
import Foundation
import GroundSegment
import Ingestion

/// Reads a case, or ends the command with all its faults.
///
/// - Parameter tellsFolder: whether faults name files as they are reached from the working folder,
///   so that an editor opens them, or as the case names them.
func readCase(
    _ path: String, survey: String? = nil, tellsFolder: Bool = true
) throws -> PlanningCase {
    do throws(IngestionError) {
        return try CaseReader.read(path, surveyOverride: survey)
    } catch {
        let count = error.diagnostics.count
        let folder = CaseReader.folder(of: path)
        throw CommandError(
            .badInput,
            lines: error.diagnostics.map { fault in
                (tellsFolder ? fault.reached(through: folder) : fault).description
            } + [
                count == 1
                    ? "1 fault; nothing was written" : "\(count) faults; nothing was written"
            ])
    }
}

extension Diagnostic {
    /// The same fault of a file whose name is relative to a folder, named from where that is named
    /// from: `surveys/mine/plan.yaml`, `sdcs/SDC-FR.yaml` for `../../sdcs/SDC-FR.yaml` of it.
    func reached(through folder: String) -> Diagnostic {
        guard !file.hasPrefix("/") else { return self }
        var parts: [Substring] = []
        for part in "\(folder)/\(file)".split(separator: "/") where part != "." {
            // What leads up from a folder that is named takes its name away.
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        var path = (folder.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
        let here = FileManager.default.currentDirectoryPath + "/"
        if path.hasPrefix(here) { path = String(path.dropFirst(here.count)) }
        return Diagnostic(file: path, place: place, field: field, found: found, expected: expected)
    }
}
