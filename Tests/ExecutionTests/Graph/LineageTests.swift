import Foundation
import Testing

@testable import Execution

@Suite struct LineageTests {
    @Test("an output's origin follows the ports' lineage to the pipeline's inputs")
    func narrowed() throws {
        let graph = try PipelineGraph(
            json: Data(
                """
                {"format": "sgs-graph/1", "pipeline": {"name": "p", "inputs": [{"name": "image"}, {"name": "dark"}, {"name": "flat"}],
                 "nodes": [
                  {"id": "d", "kind": "exec", "executable": "dark", "in": {"image": {"input": "image"}, "dark": {"input": "dark"}}},
                  {"id": "f", "kind": "exec", "executable": "flat", "in": {"frame": {"node": "d", "port": "frame"}, "flat": {"input": "flat"}}}],
                 "outputs": [{"name": "hot", "node": "d", "port": "hot"}, {"name": "frame", "node": "f", "port": "out"},
                             {"name": "step", "node": "d", "port": "frame"}]},
                 "executables": [
                  {"name": "dark", "inputs": [{"name": "image"}, {"name": "dark"}],
                   "outputs": [{"name": "frame"}, {"name": "hot", "lineage": ["dark"]}]},
                  {"name": "flat", "inputs": [{"name": "frame"}, {"name": "flat"}], "outputs": [{"name": "out"}]}]}
                """.utf8), file: "p.json")
        let lineage = Lineage(graph: graph)
        #expect(lineage.origin(of: graph.outputs[0]) == .init(inputs: ["dark"], outputs: []))
        #expect(
            lineage.origin(of: graph.outputs[1])
                == .init(inputs: ["image", "dark", "flat"], outputs: ["step"]))
        #expect(
            lineage.origin(of: graph.outputs[2]) == .init(inputs: ["image", "dark"], outputs: []))
    }
}
