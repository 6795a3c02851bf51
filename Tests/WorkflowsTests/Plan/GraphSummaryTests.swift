import Testing

@testable import Workflows

@Suite struct GraphSummaryTests {
    @Test func `nodes within nodes have their paths, kinds and levels`() throws {
        let summary = try #require(Sample.graphs()["survey"]).summary
        #expect(
            summary.nodes.map { "\($0.path) \($0.kind.rawValue) \($0.level)" } == [
                "split exec 0", "correct parallel 1", "correct.correct_one exec 0",
                "estimate exec 0", "merge exec 2", "check nested 3", "check.again nested 0",
                "check.again.correct_mosaic exec 0", "one nested 0", "one.correct exec 0",
                "one.tidy exec 1", "chain nested 0", "chain.exposure nested 0",
                "chain.exposure.correct exec 0", "chain.exposure.tidy exec 1",
                "chain.stack nested 1", "chain.stack.extract exec 0", "barrier group 1",
                "note exec 2", "end final 0",
            ])
    }

    @Test func `edges name the ports that they join`() throws {
        let summary = try #require(Sample.graphs()["survey"]).summary
        typealias Edge = GraphSummary.EdgeRow
        #expect(
            summary.edges.filter { $0.to == "merge" || $0.to == "note" } == [
                Edge(from: "correct", fromPort: "corrected", to: "merge", toPort: "parts"),
                Edge(from: "estimate", fromPort: "resources", to: "merge", toPort: nil),
                Edge(from: "barrier", fromPort: nil, to: "note", toPort: nil),
            ])
        #expect(
            summary.edges.contains(
                Edge(from: "correct", fromPort: "part", to: "correct.correct_one", toPort: "part")))
        #expect(
            summary.edges.contains(
                Edge(from: nil, fromPort: "frames", to: "split", toPort: "frames")))
    }

    @Test func `two executables of one command have their own resources`() throws {
        let graph = try Sample.graph(
            """
            {"format": "sgs-graph/2", "name": "t", "executables": [
            {"name": "remap_stack", "command": "remap", "resources": {"cores": 4, "ram_MiB": 16281}},
            {"name": "remap_exposure", "command": "remap", "resources": {"cores": 8, "ram_MiB": 16281}}],
            "nodes": [{"id": "a", "kind": "exec", "executable": "remap_stack"},
            {"id": "b", "kind": "exec", "executable": "remap_exposure"}]}
            """)
        #expect(graph.summary.nodes.map(\.command) == ["remap", "remap"])
        #expect(graph.summary.nodes.map { $0.resources?.cores } == [4, 8])
    }
}
