import Foundation
import Testing

@testable import Execution

/// The real program tests itself.
@Suite(.timeLimit(.minutes(12))) struct SelfTestCommandTests {
    private let pipelines = "\(Programs.samplePipelines)/selftest"

    @Test("every feature is ticked, and the digest is that of the graphs and the report")
    func everything() async throws {
        let answer = try await Answer(["selftest", "--json", "--pipelines", pipelines])
        #expect(answer.status == 0, "\(answer.text)\(answer.errors)")
        let features = try #require(answer.object["features"] as? [[String: Any]])
        #expect(
            features.compactMap { $0["feature"] as? String } == [
                "step", "nested", "parallel", "dynamic resources", "TMPDIR", "TMPDIR removed",
                "order-only edges", "macro", "subjobs", "final",
            ])
        #expect(features.allSatisfy { $0["ok"] as? Bool == true }, "\(features)")
        let digest = try #require(answer.object["digest"] as? String)
        #expect(digest.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        let again = try await Answer(["selftest", "--digest", "--pipelines", pipelines])
        #expect(again.status == 0)
        #expect(again.lines == [digest])
    }

    @Test("what a feature lacks is told, and the rest is ticked all the same")
    func oneMissing() async throws {
        let folder = try TestFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: pipelines) {
            let text = try String(contentsOfFile: "\(pipelines)/\(name)", encoding: .utf8)
            try folder.write(
                text.replacing("wall of", with: "fence of"),
                to: "pipelines/\(name)")
        }
        let answer = try await Answer(["selftest", "--pipelines", "\(folder.path)/pipelines"])
        #expect(answer.status == 1)
        let bad = answer.lines.filter { !$0.hasSuffix("  ok") }
        #expect(
            bad == [
                #"macro              "fence of stone", expected "wall of stone""#
            ], "\(answer.text)\(answer.errors)")
        #expect(answer.lines.count == 10)
    }

    @Test("a folder without the self-test is refused")
    func elsewhere() async throws {
        let answer = try await Answer(["selftest", "--pipelines", Programs.samplePipelines])
        #expect(answer.status == 66)
        #expect(answer.errors.contains("\"selftest\""))
    }
}
