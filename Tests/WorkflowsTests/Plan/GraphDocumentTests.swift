import Foundation
import Testing

@testable import Workflows

@Suite struct GraphDocumentTests {
    @Test func `a graph's document reads back as the same graph, with the same bytes`() throws {
        for graph in try Sample.graphs().values {
            let document = graph.document
            let again = try Graph(document: document, file: "again.json")
            #expect(again == graph)
            #expect(again.document == document)
        }
    }

    @Test func `a small graph's document is what it always is`() throws {
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"kind": "exec", "id": "x", "executable": "copy", "in": {"a": {"input": "raw"}},
                    "resources": {"cores": 2}, "policy": {"tolerance": "7 %", "abort_codes": {"9": 1}}}
                    """, outputs: #"{"name": "out", "node": "x", "port": "b"}"#))
        #expect(
            graph.document
                == #"{"executables":[{"inputs":[{"name":"a"}],"name":"copy","outputs":[{"mime_type":"dat","name":"b"}],"resources":{"cores":2,"ram_MiB":1024,"walltime_s":3600}}],"format":"sgs-graph/2","inputs":[{"kind":"observation","name":"raw"},{"content_type":"listfile","kind":"observation","name":"raws"}],"name":"test","nodes":[{"executable":"copy","id":"x","in":{"a":{"input":"raw"}},"kind":"exec","policy":{"abort_codes":{"9":1},"tolerance":"7 %"}}],"outputs":[{"name":"out","node":"x","port":"b"}]}"#
        )
    }

    @Test(arguments: [
        (#"7"#, ClusterTerms(size: 7)),
        (
            #"{"size": 7, "walltime_s": 90, "by": "each"}"#,
            ClusterTerms(size: 7, walltime: 90, by: "each")
        ),
        (#"{"walltime_s": 0.5}"#, ClusterTerms(size: 10_000, walltime: 0.5)),
        (#"{"clusters": 100}"#, ClusterTerms(size: 10_000, clusters: 100)),
    ])
    func `what is said of clusters reads back`(text: String, terms: ClusterTerms) throws {
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"id": "x", "kind": "exec", "executable": "stop",
                    "policy": {"cluster": \(text)}}
                    """))
        #expect(graph.body.nodes.map(\.policy.cluster) == [terms])
        #expect(try Graph(document: graph.document, file: "again.json") == graph)
    }

    @Test func `scouts of a category read back`() throws {
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"id": "x", "kind": "exec", "executable": "stop",
                    "policy": {"scouts": {"count": 5, "by": "category"}}}
                    """))
        #expect(graph.body.nodes.map(\.policy) == [NodePolicy(scouts: 5, scoutGroup: .category)])
        #expect(try Graph(document: graph.document, file: "again.json") == graph)
    }

    @Test func `of so many clusters each element has the same whole number`() {
        let terms = ClusterTerms(clusters: 10_000)
        #expect(terms.count(ofWalltime: 1, among: 1000, groups: 189) == 20)
        #expect(terms.count(ofWalltime: 1, among: 52, groups: 189) == 1)
        #expect(terms.count(ofWalltime: 1, among: 7, groups: 20_000) == 7)
        #expect(terms.count(ofWalltime: 1) == 10_000)
    }

    @Test func `a cluster holds as many as fit into its walltime`() {
        let terms = ClusterTerms(size: 20, walltime: 14400)
        #expect([1, 720, 1000, 1e6, 0].map { terms.count(ofWalltime: $0) } == [20, 20, 14, 1, 20])
        #expect(ClusterTerms(size: .max).count(ofWalltime: 1) == 10_000)
        #expect(ClusterTerms(size: 10_000, walltime: 14400).count(ofWalltime: 1) == 10_000)
    }

    @Test func `executables of one name that differ are each kept`() throws {
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: """
                    {"id": "x", "kind": "exec", "executable": "stop"},
                    {"id": "y", "kind": "exec", "executable": "stop", "resources": {"cores": 8}},
                    {"id": "z", "kind": "exec", "executable": {"name": "stop", "command": "true"}}
                    """))
        #expect(try Graph(document: graph.document, file: "again.json") == graph)
        #expect(graph.body.nodes.map { $0.executable?.resources.cores } == [1, 8, 1])
        #expect(graph.body.nodes.map { $0.executable?.command } == ["stop", "stop", "true"])
    }

    @Test(arguments: 0...1000)
    func `a tolerance in tenths of a percent reads back`(tenths: Int) throws {
        let text = TestDocument.text(
            nodes: #"{"id": "x", "kind": "group"}"#,
            more: #""tolerance": "\#(Double(tenths) / 10) %","#)
        let graph = try Sample.graph(text)
        #expect(graph.tolerance == .part(Double(tenths) / 10 / 100))
        #expect(try Graph(document: graph.document, file: "again.json") == graph)
    }
}
