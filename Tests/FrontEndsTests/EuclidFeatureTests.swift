import Foundation
import Testing
import Workflows

@testable import FrontEnds

/// Each feature of Pipeline Scripts by a script of its own, with its graph drawn beside it.
@Suite struct EuclidFeatureTests {
    static let scripts = [
        "defaults", "keys_by_variable", "lineage", "list_files", "macro", "nested_functions",
        "parallel_destructured", "parallel_single", "resources", "several_pipelines", "suffixes",
    ]

    @Test("a script of a feature gives the graph that is drawn beside it", arguments: scripts)
    func drawn(name: String) throws {
        let graph = try EuclidFrontEnd().graph(of: Samples.path("features/\(name).py"))
        let expected = try String(
            contentsOfFile: Samples.path("features/\(name).txt"), encoding: .utf8)
        #expect(graph.drawing == expected)
    }

    @Test func `there is a script for each drawing, and a drawing for each script`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Samples.path("features"))
        func stems(_ suffix: String) -> [String] {
            names.filter { $0.hasSuffix(suffix) && $0 != "tasks.py" }.sorted().map {
                String($0.dropLast(suffix.count))
            }
        }
        #expect(stems(".py") == Self.scripts)
        #expect(stems(".txt") == Self.scripts)
    }

    @Test func `of several pipelines another one can be asked for`() throws {
        let file = Samples.path("features/several_pipelines.py")
        let graph = try EuclidFrontEnd(pipeline: "single").graph(of: file)
        #expect(
            graph.drawing == """
                single(image, dark) -> frame
                VIS_Correct: vis_correct(dark=dark, image=image) -> frame.fits; darkmap.xml from image  \
                [2 cores, 2560 MiB, 1800 s]
                = frame: VIS_Correct.frame

                """)
        let error = #expect(throws: WorkflowError.self) {
            try EuclidFrontEnd(pipeline: "other").graph(of: file)
        }
        #expect(error?.diagnostics.map(\.expected) == ["one of several_pipelines, single"])
    }

    @Test(
        "the self-test's script gives the graphs that are kept beside it",
        arguments: ["features", "quarry", "mason"])
    func selfTest(name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../contrib/pipelines/selftest").standardizedFileURL.path
        let traced = try EuclidFrontEnd(pipeline: "selftest_\(name)").graph(
            of: "\(folder)/selftest_pipelines.py")
        let kept = try GraphDocumentFrontEnd().graph(of: "\(folder)/selftest_\(name).json")
        #expect(traced == kept)
    }
}
