import Foundation
import Testing

@testable import Workflows

@Suite struct GraphClustersTests {
    private func graph() throws -> Graph {
        try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"id": "l", "kind": "exec", "executable": "list", "in": {"a": {"input": "raw"}},
                     "policy": {"cluster": 4}},
                    {"id": "each", "kind": "parallel", "over": "a",
                     "in": {"a": {"node": "l", "port": "l"}},
                     "body": {"nodes": [{"id": "c", "kind": "exec", "executable": "copy",
                      "in": {"a": {"input": "a"}}}]}},
                    {"id": "end", "kind": "final", "executable": "stop"}
                    """))
    }

    @Test func `nodes have their own terms, or those of the submission`() throws {
        let graph = try graph()
        let terms = GraphClusters(graph, standard: ClusterTerms(size: 9)).terms
        #expect(
            terms == [
                "l": ClusterTerms(size: 4), "each.c": ClusterTerms(size: 9),
                "end": ClusterTerms(size: 9),
            ])
        let own = GraphClusters(graph)
        #expect(own.terms == ["l": ClusterTerms(size: 4), "each.c": nil, "end": nil])
        #expect(graph.clustered(own) == graph)
    }

    @Test func `their document reads back, and changes the graph`() throws {
        let graph = try graph()
        let clusters = GraphClusters(
            graph, standard: ClusterTerms(size: 9, walltime: 60, by: "each", clusters: 3))
        let again = try GraphClusters(
            Data(clusters.document(of: graph).utf8), file: "c", of: graph)
        #expect(again == clusters)
        let changed = graph.clustered(again)
        #expect(changed.body.nodes[1].kind.body?.nodes[0].policy.cluster?.by == "each")
        #expect(changed.final?.node.policy.cluster?.clusters == 3)
        #expect(try Graph(document: changed.document, file: "g") == changed)
    }

    @Test(
        "a document that does not fit its graph is refused",
        arguments: [
            (
                #""node" : "l""#, #""node" : "m""#,
                "nodes[0].node: found \"m\", expected a node of one payload of test"
            ),
            (#""node" : "l""#, #""node" : "each.c""#, "expected each node once"),
            (#""cluster" : 4"#, #""cluster" : 0"#, "expected a whole number from 1 to 10000"),
            (#""test""#, #""other""#, "pipeline: found \"other\", expected \"test\""),
            ("sgs-clusters/1", "sgs-clusters/2", "expected \"sgs-clusters/1\""),
        ])
    func refused(old: String, new: String, found: String) throws {
        let graph = try graph()
        let text = GraphClusters(graph).document(of: graph).replacing(old, with: new)
        let error = #expect(throws: WorkflowError.self) {
            try GraphClusters(Data(text.utf8), file: "c", of: graph)
        }
        let told = error?.diagnostics.map(\.description) ?? []
        #expect(told.contains { $0.contains(found) }, "\(told)")
    }

    @Test func `the whole document says what is set by default, and reads as the same graph`()
        throws
    {
        for graph in try Sample.graphs().values {
            #expect(try Graph(document: graph.wholeDocument, file: "whole") == graph)
            #expect(try Graph(document: graph.documentInLines, file: "lines") == graph)
        }
        let whole = try graph().wholeDocument
        for words in [#""losses" : 20"#, #""multiplier" : 2"#, #""ram_MiB" : 1024"#, #""trigger""#]
        {
            #expect(whole.contains(words), "\(words)")
        }
    }

    @Test func `a graph is drawn with what its nodes wait for`() throws {
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"id": "c", "kind": "exec", "executable": "copy", "in": {"a": {"input": "raw"}}},
                    {"id": "g", "kind": "group", "after": ["c"]},
                    {"id": "s", "kind": "exec", "executable": "stop", "after": ["g"],
                     "trigger": "all_done"},
                    {"id": "end", "kind": "final", "executable": "stop"}
                    """, outputs: #"{"node": "c", "port": "b"}"#))
        #expect(
            graph.drawing == """
                test(raw, raws: list) -> b
                c: copy(a=raw) -> b.dat  [1 core, 1024 MiB, 3600 s]
                g: group after c
                s: stop()  [1 core, 1024 MiB, 3600 s] after g, whatever became of them
                end: stop()  [1 core, 1024 MiB, 3600 s]  (final: always)
                = b: c.b

                """)
    }
}
