import Testing

@testable import Workflows

@Suite struct GraphDotTests {
    @Test func `a graph is drawn with its clusters, ports and order`() throws {
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"id": "list", "kind": "exec", "executable": "list", "in": {"a": {"input": "raw"}}},
                    {"id": "each", "kind": "parallel", "over": "p", "in": {"p": {"node": "list", "port": "l"}},
                    "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "copy", "in": {"a": {"input": "p"}}}],
                    "outputs": [{"node": "one", "port": "b"}]}},
                    {"id": "join", "kind": "exec", "executable": "join", "in": {"l": {"node": "each", "port": "b"}}},
                    {"id": "wait", "kind": "group", "after": ["join"]},
                    {"id": "end", "kind": "final", "executable": "stop"}
                    """, outputs: #"{"name": "out", "node": "join", "port": "b"}"#))
        #expect(
            graph.dot() == """
                digraph "test" {
                    rankdir=LR;
                    node [shape=box];
                    "in:raw" [shape=ellipse, label="raw"];
                    "in:raws" [shape=ellipse, label="raws"];
                    "list" [label="list"];
                    subgraph "cluster_each" {
                        "each" [shape=folder, label="each\\nfor each of p"];
                        "each.one" [label="one\\ncopy"];
                    }
                    "join" [label="join"];
                    "wait" [shape=diamond, label="wait"];
                    "end" [shape=octagon, label="end\\nfinal, when_run always"];
                    "in:raw" -> "list" [label="raw as a"];
                    "list" -> "each" [label="l as p"];
                    "each" -> "each.one" [label="p as a"];
                    "each" -> "join" [label="b as l"];
                    "join" -> "wait" [style=dashed];
                    "out:out" [shape=ellipse, label="out"];
                    "join" -> "out:out" [label="b"];
                }

                """)
    }
}
