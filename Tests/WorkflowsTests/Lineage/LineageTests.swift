import Testing

@testable import Workflows

@Suite struct LineageTests {
    @Test func `an output comes from inputs by way of ports, through parallel and nested nodes`()
        throws
    {
        let graph = try #require(Sample.graphs()["survey"])
        let lineage = Lineage(graph)
        let origins = Dictionary(
            uniqueKeysWithValues: graph.outputs.map { ($0.name, lineage.origin(of: $0)) })
        // The split narrows to the frames, the correction adds the settings.
        #expect(origins["mosaic"]?.inputs == ["frames", "settings"])
        #expect(origins["mosaic"]?.outputs == [])
        #expect(origins["checked"]?.inputs == ["frames", "settings"])
        #expect(origins["checked"]?.outputs == ["mosaic"])
        #expect(origins["catalogue"]?.inputs == ["frame"])
    }

    @Test func `a narrowed lineage leaves out the other inputs`() throws {
        let rows = Lineage(try #require(Sample.graphs()["survey"])).rows
        let split = try #require(rows.first { $0.path == "split" })
        #expect(split.ports == ["frames"])
        #expect(split.origin.inputs == ["frames"])
        let quality = try #require(
            rows.first { $0.path == "one.correct" && $0.port == "quality" })
        #expect(quality.ports == [])
        #expect(quality.origin.inputs == [])
    }

    @Test func `a port within nodes is shown as the product that it becomes`() throws {
        let rows = Lineage(try #require(Sample.graphs()["survey"])).rows
        #expect(
            rows.filter { !$0.products.isEmpty }.map { "\($0.path).\($0.port): \($0.products)" }
                == [
                    "merge.mosaic: [\"mosaic\"]",
                    "check.again.correct_mosaic.corrected: [\"checked\"]",
                    "chain.stack.extract.catalogue: [\"catalogue\"]",
                ])
    }

    @Test func `a kept output on the way is named, however far`() throws {
        let node = """
            {"id": "%", "kind": "exec", "executable": "copy", "in": {"a": {"node": "#", "port": "b"}}}
            """
        var nodes = [
            #"{"id": "n0", "kind": "exec", "executable": "copy", "in": {"a": {"input": "raw"}}}"#
        ]
        for number in 1...3 {
            nodes.append(
                node.replacing("%", with: "n\(number)").replacing("#", with: "n\(number - 1)"))
        }
        let graph = try Sample.graph(
            TestDocument.text(
                nodes: nodes.joined(separator: ","),
                outputs: """
                    {"name": "first", "node": "n0", "port": "b"},
                    {"name": "same", "node": "n0", "port": "b"},
                    {"name": "last", "node": "n3", "port": "b"}
                    """))
        let lineage = Lineage(graph)
        #expect(lineage.origin(of: graph.outputs[2]).inputs == ["raw"])
        #expect(lineage.origin(of: graph.outputs[2]).outputs == ["first", "same"])
        #expect(lineage.origin(of: graph.outputs[0]).outputs == ["same"])
    }
}
