import Foundation
import GroundSegment
import Planning
import Reporting

/// A planning run's files.
struct PlanRun {
    let plan: Plan
    let inputs: [InputFile]
    let timings: StageTimings

    /// Writes plan.json, run.json, assignments.csv, report.html and, asked for, overlaps.csv.
    func write(to folder: String, overlaps: Bool) throws(RunFolderError) {
        let (document, digest) = PlanDocument.encode(plan)
        var files: [(name: String, bytes: Data)] = [
            ("assignments.csv", Data(PlanTables.assignments(plan.distribution, as: .csv))),
            ("plan.json", document),
            ("report.html", Data(Report(plan: plan, inputs: inputs, digest: digest).html().utf8)),
            ("run.json", record(digest: digest)),
        ]
        if overlaps {
            files.append(("overlaps.csv", Data(PlanTables.overlaps(plan.distribution, as: .csv))))
        }
        try RunFolder(path: folder).write(files, removing: overlaps ? [] : ["overlaps.csv"])
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
