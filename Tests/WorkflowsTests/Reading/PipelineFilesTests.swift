import Foundation
import Testing

@testable import Workflows

@Suite struct PipelineFilesTests {
    private func graphs(_ folder: String) throws -> [Graph] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../contrib/pipelines/\(folder)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let documents = try names.filter { $0.hasSuffix(".json") }.map {
            GraphReader.Document(file: $0, data: try Data(contentsOf: folder.appending(path: $0)))
        }
        return try GraphReader.read(documents)
    }

    @Test func `the sample pipelines of the first format are read`() throws {
        let graphs = try graphs("")
        #expect(graphs.map(\.name) == ["observation", "tile"])
        #expect(
            graphs.map { $0.body.nodes.map(\.id) } == [
                ["ingest", "vis", "nir", "sir", "collect"], ["merge", "extract"],
            ])
        let observation = Lineage(graphs[0]).origin(of: graphs[0].outputs[1])
        #expect(observation.outputs == ["raw"])
        #expect(Lineage(graphs[1]).origin(of: graphs[1].outputs[1]).inputs == ["frames"])
    }

    @Test func `the self-test has every kind of node and fits on a small machine`() throws {
        let graph = try #require(graphs("selftest").first { $0.name == "selftest" })
        let kinds = Set(graph.summary.nodes.map(\.kind))
        #expect(kinds == [.exec, .parallel, .nested, .group, .final])
        #expect(graph.inputs.isEmpty)
        #expect(graph.outputs.map(\.name) == ["report"])
        let small = ResourceClass(name: "small", cores: 1, memory: 128, temporary: 16)
        #expect(GraphCheck.shortfalls(graph, classes: [small]) == [])
    }
}
