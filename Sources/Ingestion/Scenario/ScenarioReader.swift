import Documents
import Foundation
public import GroundSegment

/// Reads what a scenario changes in a case: settings of SDCs, maintenance, observations that
/// come later, pins, prohibitions.
///
/// ```yaml
/// set: {SDC-FR.cores: +10%, SDC-DE.storage: 500}
/// maintenance:
///   - {sdc: SDC-FR, start: 2027-02-01, end: 2027-02-06, availability: 0, summary: "cooling"}
///   - {sdc: SDC-FR, drop: 2027-01-19}
/// postpone: [{observations: ["11437", "11438"], days: 3}]
/// pins: [{tile: "102154321", sdc: SDC-IT, role: secondary}]
/// forbid: [{sdc: SDC-US, kind: CALIBRATION}]
/// ```
public enum ScenarioReader {
    /// The changes of several scenarios together.
    ///
    /// - Parameters:
    ///   - files: scenario files.
    ///   - settings: settings of the command line: `SDC-FR.cores=+10%`.
    /// - Throws: `IngestionError` with all faults, also of scenarios that contradict each other
    ///   or the case.
    public static func read(
        files: [String], settings: [String], for planningCase: PlanningCase
    ) throws(IngestionError) -> [CaseChange] {
        let folder = CaseFolder(path: FileManager.default.currentDirectoryPath)
        var builder = ScenarioBuilder(planningCase)
        let line = folder.log("--set")
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                line.add(found: "\"\(setting)\"", expected: "SDC.FIELD=VALUE: SDC-FR.cores=+10%")
                continue
            }
            builder.set(parts[0], to: parts[1], place: ("--set", nil), faults: line)
        }
        for file in files {
            let faults = folder.log(file)
            guard let text = folder.text(file),
                let root = DocumentObject(text, faults: faults)
            else { continue }
            builder.add(root, file: file)
        }
        builder.checkRules(faults: folder.log(files.first ?? "--set"))
        let diagnostics = folder.diagnostics
        guard diagnostics.isEmpty else { throw IngestionError(.noScenario, diagnostics) }
        return builder.changes
    }
}
