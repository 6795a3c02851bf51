import Foundation
import GroundSegment
import Testing

@testable import Execution

/// What is said of a feature that is not there.
@Suite struct SelfTestFeatureTests {
    @Test("without a run no feature is there, and the digest is of the graphs alone")
    func noRun() {
        let documents = ["b": "{}", "a": "{\"name\": \"a\"}"]
        let result = SelfTestResult(documents: documents, report: nil, facts: nil)
        #expect(!result.isOK)
        #expect(result.features.count == SelfTestFeature.all.count)
        #expect(result.features.allSatisfy { $0.found == "the run has not begun" })
        #expect(result.text.hasPrefix("step               the run has not begun\n"))
        let other = SelfTestResult(documents: documents, report: Data("x".utf8), facts: nil)
        #expect(other.digest != result.digest)
        #expect(
            SelfTestResult(documents: ["a": "", "b": ""], report: nil, facts: nil).digest
                != SelfTestResult(documents: ["a": ""], report: nil, facts: nil).digest)
    }

    @Test("a failed step is told with what it said, and what needs it as PRUNED")
    func failedStep() async throws {
        let folder = try TestFolder()
        let samples = "\(Programs.samplePipelines)/selftest"
        for name in try FileManager.default.contentsOfDirectory(atPath: samples) {
            let text = try String(contentsOfFile: "\(samples)/\(name)", encoding: .utf8)
            try folder.write(
                text.replacing(#"[ -d \"$TMPDIR\" ]"#, with: "echo no disk >&2; exit 4"),
                to: "pipelines/\(name)")
        }
        let answer = try await Answer(["selftest", "--pipelines", "\(folder.path)/pipelines"])
        #expect(answer.status == 1)
        let bad = answer.lines.filter { $0.hasPrefix("TMPDIR") || $0.hasPrefix("final") }
        #expect(
            bad == [
                "TMPDIR             features.scratch is FAILED: exit code 4: no disk",
                "TMPDIR removed     features.gone is PRUNED",
                "final              ok",
            ], "\(answer.text)")
        #expect(
            answer.lines.first
                == "step               features.step is COMPLETED, but there is no report")
    }
}
