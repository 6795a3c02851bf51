import Foundation
import Testing
import Workflows

@testable import Execution

/// The outputs of a parallel node together, from end to end.
@Suite(.timeLimit(.minutes(10))) struct RunnerTuplesTests {
    /// Two outputs for each element, and a payload that gets them all by element.
    private func graph(_ site: OperatedSite) throws -> Graph {
        let pair = "for a do case $a in --*=*.txt) echo x > ${a#--*=};; esac; done"
        let show = "for a do case $a in --both=*) cat ${a#--both=} >> \(site.journal);; esac; done"
        let document = """
            {"format": "sgs-graph/2", "name": "tuples",
             "inputs": [{"name": "elements", "content_type": "listfile", "kind": "observation",
               "product": "x"}],
             "nodes": [
              {"id": "each", "kind": "parallel", "over": "element",
               "in": {"element": {"input": "elements"}},
               "body": {"nodes": [{"id": "one", "kind": "exec",
                 "in": {"element": {"input": "element"}},
                 "executable": {"name": "pair", "command": "/bin/sh",
                  "arguments": ["-c", "\(pair)", "step"], "inputs": [{"name": "element"}],
                  "outputs": [{"name": "a", "mime_type": "txt"}, {"name": "b", "mime_type": "txt"}]}}],
                "outputs": [{"node": "one", "port": "a"}, {"node": "one", "port": "b"}]}},
              {"id": "join", "kind": "exec", "in": {"both": {"node": "each", "port": "tuplelist"}},
               "executable": {"name": "join", "command": "/bin/sh",
                "arguments": ["-c", "\(show)", "step"],
                "inputs": [{"name": "both", "content_type": "listfile"}]}}]}
            """
        return try GraphReader.read(Data(document.utf8), file: "tuples")
    }

    @Test func `a payload gets a list of the files of each element`() async throws {
        let site = try OperatedSite()
        let runner = try site.serve()
        #expect(try await site.isServed())
        let run = try await site.submit(try graph(site), over: 2)
        #expect(try await site.reaches(run, .completed))
        #expect(site.drain(runner) == 0)
        let text = try String(contentsOfFile: site.journal, encoding: .utf8)
        let lists = try JSONDecoder().decode([[String]].self, from: Data(text.utf8))
        #expect(
            lists.map { $0.map { ($0 as NSString).lastPathComponent } }
                == [["a.txt", "b.txt"], ["a.txt", "b.txt"]])
        #expect(Set(lists.joined()).count == 4)
    }

    @Test func `an empty list is an empty list of tuples`() async throws {
        let site = try OperatedSite()
        let runner = try site.serve()
        #expect(try await site.isServed())
        let run = try await site.submit(try graph(site), over: 0)
        #expect(try await site.reaches(run, .completed))
        #expect(site.drain(runner) == 0)
        #expect(try String(contentsOfFile: site.journal, encoding: .utf8) == "[]")
    }
}
