import Foundation
import Testing

@testable import Workflows

@Suite struct GraphReaderTests {
    @Test func `a document with every kind becomes a graph in an order of its needs`() throws {
        let graph = try #require(Sample.graphs()["survey"])
        #expect(
            graph.body.nodes.map(\.id) == [
                "split", "correct", "estimate", "merge", "check", "one", "chain", "barrier", "note",
            ])
        #expect(graph.inputs.map(\.product) == ["raw", "frame", "settings"])
        #expect(graph.outputs.map(\.name) == ["mosaic", "checked", "catalogue"])
        #expect(graph.tolerance == .part(0.05))
        #expect(graph.categories == ["archive": 2])
        #expect(graph.final?.whenRun == .success)
        #expect(graph.final?.node.id == "end")
    }

    @Test func `a node's resources and policy are the executable's and the document's, overridden`()
        throws
    {
        let graph = try #require(Sample.graphs()["survey"])
        let merge = try #require(graph.body.place(of: "merge").map { graph.body.nodes[$0] })
        #expect(
            merge.executable?.resources
                == Resources(
                    cores: 2, memory: 4096, virtualMemory: 16384, walltime: 3600.5,
                    temporary: 2048, gpus: 0))
        #expect(merge.resourcesFrom == .port(node: "estimate", port: "resources"))
        #expect(
            merge.policy
                == NodePolicy(
                    attempts: 2, finalCodes: [65, 70], losses: 5, memoryMultiplier: 1.5,
                    memoryCap: 16384, wait: 10, waitFactor: 2, abortCodes: [99: 3], priority: 10))
    }

    @Test func `a parallel node holds its body and shows lists`() throws {
        let graph = try #require(Sample.graphs()["survey"])
        let correct = try #require(graph.body.place(of: "correct").map { graph.body.nodes[$0] })
        guard case .parallel(let body, let over) = correct.kind else {
            Issue.record("\(correct.kind)")
            return
        }
        #expect(over == "part")
        #expect(body.nodes.map(\.id) == ["correct_one"])
        #expect(body.nodes[0].policy.scouts == 10)
        #expect(body.nodes[0].policy.cluster == ClusterTerms(size: 20))
        #expect(correct.policy.tolerance == .part(0.05))
    }

    @Test func `a macro chains pipelines by the names of their products`() throws {
        let graph = try #require(Sample.graphs()["survey"])
        let chain = try #require(graph.body.place(of: "chain").map { graph.body.nodes[$0] })
        let body = try #require(chain.kind.body)
        #expect(body.nodes.map(\.id) == ["exposure", "stack"])
        #expect(body.nodes[0].sources == ["frame": .input("frame")])
        #expect(body.nodes[1].sources == ["image": .port(node: "exposure", port: "corrected")])
        #expect(body.outputs.map(\.name) == ["catalogue", "corrected", "quality"])
        #expect(body.nodes[0].policy.tolerance == .count(1))
    }

    @Test func `a pipeline's final node runs after the others where the pipeline is nested`() throws
    {
        let graph = try #require(Sample.graphs()["survey"])
        let one = try #require(graph.body.place(of: "one").map { graph.body.nodes[$0] })
        let tidy = try #require(one.kind.body?.nodes.last)
        #expect(tidy.id == "tidy")
        #expect(tidy.after == ["correct"])
        #expect(tidy.trigger == .allDone)
    }

    @Test func `the first format means what it meant`() throws {
        let graph = try GraphReader.read(
            Data(
                """
                {"format": "sgs-graph/1", "description": "-", "pipeline": {
                "name": "old", "inputs": [{"name": "raw", "kind": "tile", "product": "cooked"}],
                "nodes": [{"id": "x", "kind": "exec", "executable": "p", "in": {"a": {"input": "raw"}}}],
                "outputs": [{"node": "x", "port": "b"}]},
                "executables": [{"name": "p", "inputs": [{"name": "a"}],
                "outputs": [{"name": "b", "mime_type": "fits"}], "resources": {"ram_MiB": 12}}],
                "policy": {"attempts": 4, "final_codes": [64], "losses": 7}}
                """.utf8), file: "old.json")
        #expect(
            graph.inputs == [
                GraphInput(name: "raw", content: .file, kind: "tile", product: "cooked")
            ])
        #expect(graph.outputs == [GraphOutput(name: "b", node: "x", port: "b")])
        #expect(
            graph.body.nodes == [
                Node(
                    id: "x",
                    kind: .exec(
                        Executable(
                            name: "p", command: "p", inputs: [.init(name: "a")],
                            outputs: [.init(name: "b", mime: "fits", lineage: ["a"])],
                            resources: Resources(memory: 12))),
                    sources: ["a": .input("raw")],
                    policy: NodePolicy(attempts: 4, finalCodes: [64], losses: 7))
            ])
    }

    @Test func `YAML is read like JSON`() throws {
        let yaml = """
            format: sgs-graph/2
            name: test
            executables:
              - name: p
                arguments: ['1', "true", --a=b]
                resources: {cores: 2, walltime_s: 1.5}
            policy: {category: ~, attempts: 7}
            nodes:
              - {id: x, kind: exec, executable: p}
            """
        let node = try GraphReader.read(Data(yaml.utf8), file: "test.yaml").body.nodes[0]
        #expect(node.executable?.arguments == ["1", "true", "--a=b"])
        #expect(node.executable?.resources == Resources(cores: 2, walltime: 1.5))
        #expect(node.policy == NodePolicy(attempts: 7))
    }

    @Test func `documents that name one another are read in any order`() throws {
        let documents = try ["survey.json", "stack.yaml", "exposure.json"].map {
            GraphReader.Document(file: $0, data: try Sample.data("graphs/\($0)"))
        }
        #expect(try GraphReader.read(documents).map(\.name) == ["survey", "stack", "exposure"])
    }

    @Test func `pipelines within one another are refused with the path round`() throws {
        func document(_ name: String, in other: String) -> GraphReader.Document {
            GraphReader.Document(
                file: "\(name).json",
                data: Data(
                    """
                    {"format": "sgs-graph/2", "name": "\(name)",
                    "nodes": [{"id": "x", "kind": "nested", "pipeline": "\(other)"}]}
                    """.utf8))
        }
        let error = #expect(throws: WorkflowError.self) {
            try GraphReader.read([
                document("a", in: "b"), document("b", in: "c"), document("c", in: "a"),
            ])
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "c.json:1:35: name: found pipelines within one another: c -> b -> a -> c, "
                    + "expected no cycle"
            ])
    }

    @Test func `two documents of one name are told`() throws {
        let stack = try Sample.data("graphs/stack.yaml")
        let error = #expect(throws: WorkflowError.self) {
            try GraphReader.read([
                GraphReader.Document(file: "a.yaml", data: stack),
                GraphReader.Document(file: "b.yaml", data: stack),
            ])
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "b.yaml:4:7: name: found \"stack\", the name of the pipeline in a.yaml, "
                    + "expected a name of its own"
            ])
        #expect(error?.message == "b.yaml: 1 fault")
    }
}
