import Foundation
import Testing

@testable import Workflows

@Suite struct GraphShapeTests {
    private func survey(_ old: String = "", _ new: String = "") throws -> Graph {
        var library = try Sample.graphs()
        library["survey"] = nil
        var text = String(decoding: try Sample.data("graphs/survey.json"), as: UTF8.self)
        if !old.isEmpty {
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        }
        return try GraphReader.read(Data(text.utf8), file: "survey.json", library: library)
    }

    @Test(
        arguments: [
            ("", ""), (#""ram_MiB": 4096"#, #""ram_MiB": 8192"#),
            (#""attempts": 2"#, #""attempts": 9"#),
            (#"--makes=mosaic"#, "--makes=mosaic\", \"--fast"), (#""scouts": 10"#, #""scouts": 0"#),
        ])
    func `corrected resources, programs and policies leave the shape`(old: String, new: String)
        throws
    {
        #expect(try survey(old, new).shapeDifference(from: survey()) == nil)
    }

    @Test(
        arguments: [
            ("\"barrier\"", "\"gate\"", "the graph has other nodes"),
            (
                #""trigger": "all_done""#, #""trigger": "all_succeeded""#,
                "node note waits for others"
            ),
            ("\"correct_mosaic\"", "\"mend\"", "node check.again has other nodes"),
            (
                #""in": {"mosaic": {"node": "merge", "port": "mosaic"}}"#,
                #""in": {"mosaic": {"input": "frame"}}"#, "node check has other sources"
            ),
            (#""mime_type": "json""#, #""mime_type": "txt""#, "node estimate has other ports"),
            (#""product": "raw""#, #""product": "cooked""#, "the graph has other inputs"),
        ])
    func `another shape is told with its place`(old: String, new: String, found: String) throws {
        #expect(try survey(old, new).shapeDifference(from: survey()) == found)
    }

    @Test func `a program's content key is its call and ports, not its name and resources`() throws
    {
        let executable = Executable(
            name: "x", command: "p", arguments: ["-v"], inputs: [.init(name: "a")],
            outputs: [.init(name: "b", mime: "fits", content: .listfile)],
            resources: Resources(cores: 3))
        let text =
            #"{"arguments":["-v"],"command":"p","inputs":[["a","file"]],"outputs":[["b","fits","listfile"]]}"#
        #expect(executable.contentKey == text)
    }
}
