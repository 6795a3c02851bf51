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

    /// Writes plan.json, run.json, assignments.csv, report.html, the SDCs' coverage maps and, asked
    /// for, the overlaps, and both tables in other `formats`; what an earlier run wrote beyond that
    /// is taken away.
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
                Data(
                    Report(
                        plan: plan, inputs: inputs, digest: digest, base: base,
                        standing: Report.Standing(software: "sgs \(SoftwareVersion.current)"),
                        progress: record?.progress ?? []
                    ).html().utf8)
            ),
        ]
        if let record {
            let text = record.json(of: plan, digest: digest).inLines
            files.append(("run.json", Data((text + "\n").utf8)))
        }
        for format in TableFormat.allCases where format == .csv || formats.contains(format) {
            files.append(
                (
                    "assignments.\(format.suffix)",
                    Data(PlanTables.assignments(plan.distribution, as: format))
                ))
            guard overlaps else { continue }
            files.append(
                (
                    "overlaps.\(format.suffix)",
                    Data(PlanTables.overlaps(plan.distribution, as: format))
                ))
        }
        files += PlanCoverages.files(plan.distribution)
        let written = Set(files.map(\.name))
        try RunFolder(path: folder).write(
            files, removing: Self.earlier(in: folder).filter { !written.contains($0) })
        return written.sorted()
    }

    /// The files of a folder that a run writes only sometimes.
    private static func earlier(in folder: String) -> [String] {
        let tables = TableFormat.allCases.flatMap {
            ["assignments.\($0.suffix)", "overlaps.\($0.suffix)"]
        }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return tables + ["run.json", "frontier.html"] + present.filter(PlanCoverages.isCoverage)
    }
}
