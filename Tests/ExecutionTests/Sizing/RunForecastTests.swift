import Foundation
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunForecastTests {
    private func graph(_ nodes: String) throws -> Graph {
        let document = """
            {"format": "sgs-graph/2", "name": "survey",
             "inputs": [
               {"name": "visits", "content_type": "listfile", "kind": "observation", "product": "x"},
               {"name": "detectors", "content_type": "listfile", "kind": "observation", "product": "y"}],
             "executables": [
               {"name": "flat", "command": "/bin/true", "inputs": [{"name": "detector"}],
                "outputs": [{"name": "out", "mime_type": "txt"}],
                "resources": {"cores": 2, "ram_MiB": 96, "walltime_s": 600}},
               {"name": "list", "command": "/bin/true",
                "outputs": [{"name": "all", "mime_type": "json", "content_type": "listfile"}]},
               {"name": "stop", "command": "/bin/true"}],
             "nodes": [\(nodes)]}
            """
        return try GraphReader.read(Data(document.utf8), file: "survey")
    }

    /// Payloads for each visit and detector.
    private func grid(_ policy: String) -> String {
        """
        {"id": "visits", "kind": "parallel", "over": "visit",
         "in": {"visit": {"input": "visits"}, "all": {"input": "detectors"}},
         "body": {"nodes": [{"id": "detectors", "kind": "parallel", "over": "detector",
           "in": {"detector": {"input": "all"}},
           "body": {"nodes": [{"id": "one", "kind": "exec", "in": {"detector": {"input": "detector"}},
             "policy": {\(policy)}, "executable": "flat"}]}}]}}
        """
    }

    private func files(_ visits: Int, _ detectors: Int) -> [String: [String]] {
        [
            "visits": (0..<visits).map { "/v\($0)" },
            "detectors": (0..<detectors).map { "/d\($0)" },
        ]
    }

    @Test func `without clusters there are as many jobs as payloads`() throws {
        let nodes = (0..<5).map { #"{"id": "n\#($0)", "kind": "exec", "executable": "stop"}"# }
        let forecast = RunForecast(try graph(nodes.joined(separator: ",")), files: files(1, 1))
        #expect((forecast.payloads, forecast.clusters, forecast.isWhole) == (5, 5, true))
        #expect(forecast.nodes.map(\.label) == ["n0", "n1", "n2", "n3", "n4"])
    }

    @Test func `of three visits and four detectors one for each detector are four jobs`() throws {
        let graph = try graph(grid(#""cluster": {"size": 100, "by": "detectors"}"#))
        let node = try #require(RunForecast(graph, files: files(3, 4)).nodes.first)
        #expect(node.label == "visits.detectors.one")
        #expect((node.cores, node.memory, node.walltime) == (2, 96, 600))
        #expect((node.payloads, node.clusterSize, node.clusters) == (12, 100, 4))
    }

    @Test(arguments: [
        // 10,000 for 189 detectors are 52 for each.
        (#""cluster": {"by": "detectors", "clusters": 10000}"#, 520, 189, 10, 9828),
        (#""cluster": {"by": "detectors", "clusters": 5}"#, 3, 4, 3, 4),
        (#""cluster": {"clusters": 5}"#, 3, 4, 3, 4),
        (#""cluster": {"clusters": 500}"#, 3, 4, 1, 12),
        (#""cluster": {"size": 2, "clusters": 5}"#, 3, 4, 2, 6),
        (#""cluster": {"walltime_s": 1200, "clusters": 1}"#, 3, 4, 2, 6),
        (#""cluster": 4"#, 0, 4, 4, 0),
    ])
    func `at most so many clusters are made`(
        policy: String, visits: Int, detectors: Int, size: Int, clusters: Int
    ) throws {
        let forecast = RunForecast(try graph(grid(policy)), files: files(visits, detectors))
        #expect(forecast.nodes.map(\.payloads) == [visits * detectors])
        #expect(forecast.nodes.map(\.clusterSize) == [size])
        #expect(forecast.clusters == clusters)
    }

    @Test func `what follows from a list that is not there yet has no number`() throws {
        let nodes = """
            {"id": "list", "kind": "exec", "executable": "list"},
            {"id": "each", "kind": "parallel", "over": "x", "in": {"x": {"node": "list", "port": "all"}},
             "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "stop"}]}},
            {"id": "end", "kind": "final", "executable": "stop"}
            """
        let forecast = RunForecast(try graph(nodes), files: files(1, 1))
        #expect(forecast.nodes.map(\.payloads) == [1, nil, 1])
        #expect((forecast.payloads, forecast.clusters, forecast.isWhole) == (2, 2, false))
        #expect(forecast.text.split(separator: "\n").last?.contains(">= 2") == true)
    }

    @Test func `a list that a parallel node makes is as long as its own`() throws {
        let nodes = """
            {"id": "first", "kind": "parallel", "over": "x", "in": {"x": {"input": "visits"}},
             "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "flat",
                 "in": {"detector": {"input": "x"}}}],
               "outputs": [{"name": "flats", "node": "one", "port": "out"}]}},
            {"id": "second", "kind": "parallel", "over": "x",
             "in": {"x": {"node": "first", "port": "flats"}},
             "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "stop"}]}}
            """
        let forecast = RunForecast(
            try graph(nodes), files: files(7, 1), cluster: ClusterTerms(size: 3))
        #expect(forecast.nodes.map(\.label) == ["first.one", "second.one"])
        #expect(forecast.nodes.map(\.payloads) == [7, 7])
        #expect(forecast.nodes.map(\.clusters) == [3, 3])
    }
}
