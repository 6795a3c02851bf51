import Foundation
import GroundSegment
import Ingestion
import LinearProgramming
import Testing

@testable import Planning

/// What moves in the code without being meant to change a plan leaves every byte of it as it is;
/// `contrib/scripts/test-digests.sh` asks the same of the shipped cases.
@Suite("Plan bytes")
struct PlanBytesTests {
    private static let inputs = URL(fileURLWithPath: #filePath)
        .appending(path: "../../../../Inputs/faults").standardizedFileURL.path

    @Test(
        "a small case has the plan on record, to the byte",
        arguments: [
            ("base", "0bbfe65b417156c0a672f6cb9b1d9bffc580bb66765b96614833ad756a363091"),
            (
                "12-plus-in-query/case1",
                "36d00ffdb26cfab39a11e0b4981931aeccc83bbfd2c77e5997b72bf385493f07"
            ),
        ])
    func digest(name: String, recorded: String) throws {
        let planningCase = try caseOver(name)
        let asked = planningCase.with(options: PlanningOptions(effort: .quick, steps: 20_000))
        var timings = StageTimings()
        let plan = try Planner(solver: GLPKSolver()).plan(Problem(asked), timings: &timings)
        #expect(PlanDocument.encode(plan).digest == recorded)
    }

    /// The base case with a folder's files laid over it.
    private func caseOver(_ name: String) throws -> PlanningCase {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? files.removeItem(at: folder) }
        try files.copyItem(atPath: "\(Self.inputs)/base", toPath: folder.path)
        for file in try files.contentsOfDirectory(atPath: "\(Self.inputs)/\(name)")
        where name != "base" {
            let target = folder.appending(path: file)
            try files.removeItem(at: target)
            try files.copyItem(atPath: "\(Self.inputs)/\(name)/\(file)", toPath: target.path)
        }
        return try CaseReader.read(folder.path)
    }
}
