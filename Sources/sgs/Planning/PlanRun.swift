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
    let timings: StageTimings

    /// Writes plan.json, run.json, assignments.csv, report.html and, asked for, the assignments
    /// in other `formats` and overlaps.csv; what an earlier run wrote beyond that is taken away.
    func write(to folder: String, overlaps: Bool, formats: [TableFormat]) throws(RunFolderError) {
        let (document, digest) = PlanDocument.encode(plan)
        var files: [(name: String, bytes: Data)] = [
            ("plan.json", document),
            (
                "report.html",
                Data(Report(plan: plan, inputs: inputs, digest: digest, base: base).html().utf8)
            ),
            ("run.json", record(digest: digest)),
        ]
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
        let possible = TableFormat.allCases.map(Self.assignments) + ["overlaps.csv"]
        let written = Set(files.map(\.name))
        try RunFolder(path: folder).write(
            files, removing: possible.filter { !written.contains($0) })
    }

    private static func assignments(_ format: TableFormat) -> String {
        "assignments.\(format.suffix)"
    }

    /// run.json: what differs from run to run, and the digests of the files read.
    private func record(digest: String) -> Data {
        struct Record: Encodable {
            let plan: String
            let seconds: [String: Double]
            let inputs: [Input]
        }
        struct Input: Encodable {
            let file: String
            let sha256: String
            let bytes: Int
        }
        let seconds = Dictionary(timings.stages.map { ($0.name, $0.seconds) }, uniquingKeysWith: +)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let record = Record(
            plan: digest, seconds: seconds,
            inputs: inputs.map { Input(file: $0.name, sha256: $0.sha256, bytes: $0.bytes) })
        guard let bytes = try? encoder.encode(record) else {
            preconditionFailure("a stage took a number of seconds that JSON has not")
        }
        return bytes + Data("\n".utf8)
    }
}
