import Campaigns
import GroundSegment
import Testing

@Suite struct GraphMLFaultTests {
    private static func faults(
        _ document: String, limits: GraphMLLimits = GraphMLLimits()
    ) -> [String] {
        do throws(CampaignError) {
            _ = try GraphMLFile.read(bytes: document.utf8, file: "x.graphml", limits: limits)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test func `all faults of the elements are told at once, with their places`() {
        let faults = Self.faults(
            """
            <graphml>
            <key id="k" for="thing"/>
            <graph edgedefault="directed">
            <node/>
            <node id="a"><data key="z">1</data></node>
            <edge source="a"/>
            <edge source="a" target="b" directed="false"/>
            <hyperedge/>
            </graph>
            </graphml>
            """)
        #expect(
            faults.map { $0.replacing(#/^x.graphml:(\d+):\d+/#) { "line \($0.output.1)" } } == [
                "line 2: key.for: found \"thing\", expected graph, node, edge, port or all",
                "line 4: node: found no id, expected an id",
                "line 5: data.key: found \"z\", expected a key that is declared",
                "line 6: edge: found an edge with one end, expected source and target",
                "line 7: edge: found an edge without a direction, expected one from the task that "
                    + "makes a data set to the one that reads it",
                "line 8: found a hyperedge, expected an edge for each two nodes: edges of one data "
                    + "set have its name",
            ])
    }

    @Test func `all faults of the graph are told at once, with the lines of nodes and edges`() {
        let faults = Self.faults(
            """
            <graphml>
            <key id="d" for="edge" attr.name="data"/>
            <key id="p" for="node" attr.name="policy"/>
            <key id="u" for="node" attr.name="per"/>
            <graph edgedefault="directed">
            <node id="a"/>
            <node id="a"/>
            <node id="b"><data key="p">{"retries": -1}</data></node>
            <node id="c"><data key="u">galaxy</data></node>
            <node id="entry"/>
            <edge source="a" target="nowhere"/>
            <edge source="a" target="entry"/>
            </graph>
            </graphml>
            """)
        #expect(
            faults.map { $0.replacing(#/^x.graphml:(\d+):\d+/#) { "line \($0.output.1)" } } == [
                "line 7: node: found a second node \"a\", expected an id of its own",
                "line 8: node \"b\": policy.retries: found \"-1\", expected a whole number from 0 "
                    + "to 1000",
                "line 9: node \"c\": found per \"galaxy\", expected one of: observation, tile, "
                    + "number, campaign",
                "line 11: edge: found an edge of \"nowhere\", which is no node, expected two ends "
                    + "that are nodes",
                "line 12: edge: found an edge from the exit or to the entry, expected one from the "
                    + "entry, between tasks, or to the exit",
            ])
    }

    @Test func `a cycle and two producers are told by their names`() {
        let document = """
            <graphml><key id="d" for="edge" attr.name="data"/><graph edgedefault="directed">
            <node id="a"/><node id="b"/><node id="c"/><node id="d"/>
            <edge source="a" target="b"><data key="d">x</data></edge>
            <edge source="b" target="a"><data key="d">y</data></edge>
            <edge source="c" target="d"><data key="d">x</data></edge>
            </graph></graphml>
            """
        let faults = Self.faults(document)
        #expect(faults.count == 2)
        #expect(faults.contains { $0.hasSuffix("found a cycle: a -> b -> a, expected no cycle") })
        #expect(
            faults.contains {
                $0.contains("found a second producer of data set x, beside task a")
            })
    }

    @Test(arguments: [
        ("<html/>", "found an element \"html\", expected graphml"),
        ("", "the end of the file before that of the document"), ("<graphml><graph>", "end"),
        ("<graphml><graph edgedefault=\"directed\"/></graphml>", "found no tasks"),
        (
            "<!DOCTYPE graphml [<!ENTITY x SYSTEM \"/etc/passwd\">]><graphml><graph><node id=\"a\">"
                + "&x;</node></graph></graphml>", "an entity outside the document"
        ),
    ])
    func `what is no graph is refused`(document: String, fault: String) {
        #expect(Self.faults(document).contains { $0.contains(fault) }, "\(Self.faults(document))")
    }

    @Test func `a document is refused where it passes a limit`() {
        let nodes = (0..<20).map { "<node id=\"n\($0)\"/>" }.joined()
        let document = "<graphml><graph>\(nodes)</graph></graphml>"
        #expect(
            Self.faults(document, limits: GraphMLLimits(nodes: 10)).first?
                .hasSuffix("found more than 10 nodes, expected at most 10") ?? false)
        let edges = (0..<19).map { "<edge source=\"n\($0)\" target=\"n\($0 + 1)\"/>" }.joined()
        let other = "<graphml><graph>\(nodes)\(edges)</graph></graphml>"
        #expect(Self.faults(other) == [])
        #expect(
            Self.faults(other, limits: GraphMLLimits(edges: 10)).first?
                .hasSuffix("found more than 10 edges, expected at most 10") ?? false)
        let long =
            "<graphml><key id=\"l\" for=\"node\" attr.name=\"label\"/><graph><node id=\"a\">"
            + "<data key=\"l\">" + String(repeating: "x", count: 200)
            + "</data></node></graph></graphml>"
        #expect(
            Self.faults(long, limits: GraphMLLimits(text: 100)).first?
                .hasSuffix("found a value of more than 100 bytes, expected at most 100") ?? false)
    }
}
