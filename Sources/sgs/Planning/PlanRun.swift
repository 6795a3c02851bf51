import Foundation
import GroundSegment
import Planning
import Reporting
import Tables

/// A planning run's files.
struct PlanRun {
    let plan: Plan
    let inputs: [InputFile]
    /// What the plan revises; `nil` where its assignments alone are known, or there is none.
    let base: Report.Base?
    /// What run.json tells; `nil` where nothing was searched.
    let record: RunRecord?

    /// Writes plan.json, run.json, assignments.csv, report.html and, asked for, the assignments
    /// in other `formats` and overlaps.csv; what an earlier run wrote beyond that is taken away.
    ///
    /// - Returns: the names of the files written.
    @discardableResult
    func write(
        to folder: String, overlaps: Bool, formats: [TableFormat]
    ) throws(RunFolderError) -> [String] {
        let (document, digest) = PlanDocument.encode(plan)
        var files: [(name: String, bytes: Data)] = [
            ("plan.json", document),
            (
                "report.html",
                Data(Report(plan: plan, inputs: inputs, digest: digest, base: base).html().utf8)
            ),
        ]
        if let record {
            let text = record.json(of: plan, digest: digest).inLines
            files.append(("run.json", Data((text + "\n").utf8)))
        }
        for format in TableFormat.allCases where format == .csv || formats.contains(format) {
            files.append(
                (
                    Self.assignments(format),
                    Data(PlanTables.assignments(plan.distribution, as: format))
                ))
        }
        if overlaps {
            files.append(("overlaps.csv", Data(PlanTables.overlaps(plan.distribution, as: .csv))))
        }
        let possible =
            TableFormat.allCases.map(Self.assignments) + [
                "overlaps.csv", "run.json", "frontier.html",
            ]
        let written = Set(files.map(\.name))
        try RunFolder(path: folder).write(
            files, removing: possible.filter { !written.contains($0) })
        return written.sorted()
    }

    private static func assignments(_ format: TableFormat) -> String {
        "assignments.\(format.suffix)"
    }
}
