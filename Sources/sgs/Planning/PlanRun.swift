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
    /// How the search went.
    let progress: [Report.SearchSample]

    /// Writes plan.json, run.json, assignments.csv, report.html, the SDCs' coverage maps and, asked
    /// for, the overlaps, and both tables in other `formats`; what an earlier run wrote beyond that
    /// is taken away.
    func write(to folder: String, overlaps: Bool, formats: [TableFormat]) throws(RunFolderError) {
        let (document, digest) = PlanDocument.encode(plan)
        var files: [(name: String, bytes: Data)] = [
            ("plan.json", document),
            (
                "report.html",
                Data(
                    Report(
                        plan: plan, inputs: inputs, digest: digest, base: base, progress: progress
                    ).html().utf8)
            ),
            ("run.json", record(digest: digest)),
        ]
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
    }

    /// The files of a folder that a run writes only sometimes.
    private static func earlier(in folder: String) -> [String] {
        let tables = TableFormat.allCases.flatMap {
            ["assignments.\($0.suffix)", "overlaps.\($0.suffix)"]
        }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return tables + present.filter(PlanCoverages.isCoverage)
    }

    /// run.json: what differs from run to run, and the digests of the files read.
    private func record(digest: String) -> Data {
        struct Record: Encodable {
            let plan: String
            let seconds: [String: Double]
            let inputs: [Input]
            let progress: [Report.SearchSample]
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
            inputs: inputs.map { Input(file: $0.name, sha256: $0.sha256, bytes: $0.bytes) },
            progress: progress)
        guard let bytes = try? encoder.encode(record) else {
            preconditionFailure("a stage took a number of seconds that JSON has not")
        }
        return bytes + Data("\n".utf8)
    }
}
