import Foundation
import Testing

@testable import Execution

@Suite struct PipelineGraphReadingTests {
    private func faults(_ json: String) -> [String] {
        do {
            _ = try PipelineGraph(json: Data(json.utf8), file: "p.json")
            return []
        } catch let error as ExecutionError {
            return error.diagnostics.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    private func document(nodes: String, outputs: String = "[]", more: String = "") -> String {
        """
        {"format": "sgs-graph/1", "pipeline": {"name": "p", "inputs": [{"name": "x"}], "nodes": \(nodes), "outputs": \(outputs)},
         "executables": [{"name": "e", "inputs": [{"name": "i"}], "outputs": [{"name": "o", "mime_type": "xml"}]}]\(more)}
        """
    }

    @Test(
        "the sample pipelines are read with their steps in order",
        arguments: ["observation", "tile"])
    func samples(name: String) throws {
        let data = try Data(
            contentsOf: URL(fileURLWithPath: "\(Programs.samplePipelines)/\(name).json"))
        let graph = try PipelineGraph(json: data, file: "\(name).json")
        #expect(graph.name == name)
        for (place, node) in graph.nodes.enumerated() {
            #expect(graph.parents(of: node).isSubset(of: graph.nodes[..<place].map(\.id)))
        }
        #expect(graph.policy.attempts == 3)
    }

    @Test("nodes are sorted after those that they need, whatever the document's order")
    func sorting() throws {
        let json = document(
            nodes: """
                [{"id": "b", "kind": "exec", "executable": "e", "in": {"i": {"node": "a", "port": "o"}}},
                 {"id": "a", "kind": "exec", "executable": "e", "in": {"i": {"input": "x"}}}]
                """)
        let graph = try PipelineGraph(json: Data(json.utf8), file: "p.json")
        #expect(graph.nodes.map(\.id) == ["a", "b"])
        #expect(
            graph.nodes[0].executable.resources == Resources(cores: 1, memory: 1024, walltime: 3600)
        )
        #expect(graph.nodes[0].executable.outputs[0].lineage == ["i"])
    }

    @Test("a node kind other than exec is refused by name")
    func otherKinds() {
        let found = faults(document(nodes: #"[{"id": "n", "kind": "parallel", "body": {}}]"#))
        #expect(
            found.contains(
                "p.json: n: kind: found \"parallel\", expected \"exec\", the only kind so far"))
    }

    @Test("all faults of a document are told at once")
    func allFaults() {
        let found = faults(
            document(
                nodes: """
                    [{"id": "a", "kind": "exec", "executable": "missing", "in": {}},
                     {"id": "b", "kind": "exec", "executable": "e", "in": {"z": {"input": "x"}}},
                     {"id": "b", "kind": "exec", "executable": "e", "in": {"i": {"node": "a", "port": "q"}}}]
                    """,
                outputs: #"[{"node": "b", "port": "nothing"}]"#,
                more: #", "policy": {"attempts": 0}"#))
        #expect(
            found == [
                "p.json: policy: attempts: found 0, expected a whole number of at least 1",
                "p.json: b: found a node of a name used before, expected a name of its own",
                "p.json: a: executable: found \"missing\", expected one of e",
                "p.json: b: in: found no source for port i, expected one for each port",
                "p.json: b: in: found port z, expected an input port of e",
                "p.json: output nothing: found port \"nothing\" of b, expected an output port of e",
            ])
    }

    @Test(
        "a document at fault is refused with its reason",
        arguments: [
            ("{", "expected JSON"),
            ("[]", "found a list of 0, expected an object"),
            (
                #"{"format": "sgs-graph/9"}"#,
                "format: found \"sgs-graph/9\", expected \"sgs-graph/1\""
            ),
            (
                #"{"format": "sgs-graph/1", "pipeline": {"name": "p", "nodes": [], "outputs": []}, "executables": []}"#,
                "nodes: found none, expected at least one"
            ),
            (
                #"{"format": "sgs-graph/1", "extra": 1, "pipeline": {"name": "p", "nodes": [], "outputs": []}, "executables": []}"#,
                "extra: found an unknown field"
            ),
            (
                #"{"format": "sgs-graph/1", "pipeline": {"name": "p", "nodes": [], "outputs": []}, "executables": [{"name": "e", "inputs": [{"name": "workdir"}]}]}"#,
                "found a port named workdir"
            ),
        ])
    func refused(json: String, reason: String) {
        let found = faults(json)
        #expect(found.contains { $0.contains(reason) }, "\(found)")
    }

    @Test("a cycle is told with its nodes")
    func cycle() {
        let found = faults(
            document(
                nodes: """
                    [{"id": "a", "kind": "exec", "executable": "e", "in": {"i": {"node": "b", "port": "o"}}},
                     {"id": "b", "kind": "exec", "executable": "e", "in": {"i": {"node": "a", "port": "o"}}}]
                    """))
        #expect(found == ["p.json: pipeline: nodes: found a cycle among a, b, expected no cycle"])
    }

    @Test("a list of files cannot be wired to a port of one file")
    func contents() {
        let found = faults(
            """
            {"format": "sgs-graph/1", "pipeline": {"name": "p", "inputs": [{"name": "x", "content_type": "listfile"}],
             "nodes": [{"id": "a", "kind": "exec", "executable": "e", "in": {"i": {"input": "x"}}}], "outputs": []},
             "executables": [{"name": "e", "inputs": [{"name": "i"}], "outputs": []}]}
            """)
        #expect(found == ["p.json: a: i: found input x of listfile, expected file"])
    }
}
