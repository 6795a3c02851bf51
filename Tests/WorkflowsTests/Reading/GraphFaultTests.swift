import Foundation
import Testing

@testable import Workflows

@Suite struct GraphFaultTests {
    @Test func `all faults of a document are told at once, in its order, with their places`() {
        let faults = Sample.faults(
            """
            {"format": "sgs-graph/2", "name": "a/b",
            "executables": [{"name": "p", "cores": 1, "resources": {"cores": 0}}],
            "policy": {"attempts": "3"},
            "nodes": [{"id": "x", "kind": "exec", "executable": "q"},
              {"id": "y", "kind": "run"}],
            "outputs": [{"node": "z", "port": "b"}]}
            """)
        #expect(
            faults == [
                "test:1:35: name: found \"a/b\", expected \(PlainName.rule)",
                "test:2:31: executables[0].cores: found an unknown field, expected one of: name, "
                    + "command, arguments, inputs, outputs, resources",
                "test:2:66: executables[0].resources.cores: found 0, expected a whole number from 1 "
                    + "to 1000000",
                "test:3:24: policy.attempts: found \"3\", expected a whole number from 1 to 1000",
                "test:4:53: nodes.x.executable: found \"q\", expected one of: p",
                "test:5:23: nodes.y.kind: found \"run\", expected one of: exec, parallel, nested, "
                    + "macro, group, final",
                "test:6:13: outputs[0]: found node \"z\", expected a node of the same body",
            ])
    }

    /// A document's nodes, and the only fault that they have.
    static let faulty: [(nodes: String, fault: String)] = [
        (
            #"{"id": "x", "kind": "exec", "executable": "copy"}"#,
            "test:9:8: nodes.x.in: found no source for port a of copy, expected one for each port"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "in": {"a": {"input": "raw"}}}"#,
            "test:9:63: nodes.x.in.a: found a port that stop does not have, expected no ports"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "copy", "in": {"a": {"input": "rew"}}}"#,
            "test:9:63: nodes.x.in.a: found input \"rew\", expected one of: raw, raws"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "copy", "in": {"a": {"input": "raws"}}}"#,
            "test:9:63: nodes.x.in.a: found a list of files, expected one file"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "join", "in": {"l": {"input": "raw"}}}"#,
            "test:9:63: nodes.x.in.l: found one file, expected a list of files"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "copy", "in": {"a": {"node": "y", "port": "b"}}}"#,
            "test:9:63: nodes.x.in.a: found node \"y\", expected a node of the same body"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "copy", "in": {"a": {"input": "raw", "port": "b"}}}"#,
            "test:9:88: nodes.x.in.a.port: found port beside input, expected either input, or node and port"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "after": ["y"]}"#,
            "test:9:61: nodes.x.after[0]: found node \"y\", expected a node of the same body"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop"}, {"id": "x", "kind": "group"}"#,
            "test:9:59: nodes.x: found a second node named x, expected a name of its own"
        ),
        (
            #"{"id": "../x", "kind": "group"}"#,
            "test:9:8: nodes[0].id: found \"../x\", expected \(PlainName.rule)"
        ),
        (
            #"{"id": "x", "kind": "parallel", "over": "p", "in": {"p": {"input": "raw"}}, "body": {"nodes": [{"id": "y", "kind": "exec", "executable": "copy", "in": {"a": {"input": "p"}}}]}}"#,
            "test:9:41: nodes.x.over: found port p of one file, expected a list of files to run over"
        ),
        (
            #"{"id": "x", "kind": "parallel", "over": "q", "in": {"p": {"input": "raws"}}, "body": {"nodes": [{"id": "y", "kind": "group"}]}}"#,
            "test:9:41: nodes.x.over: found \"q\", expected one of: p"
        ),
        (
            #"{"id": "x", "kind": "nested", "body": {"nodes": [{"id": "y", "kind": "exec", "executable": "copy", "in": {"a": {"input": "raw"}}}]}}"#,
            "test:9:112: nodes.x.body.nodes.y.in.a: found input \"raw\", expected a node's port, for there are no inputs"
        ),
        (
            #"{"id": "x", "kind": "nested"}"#,
            "test:9:1: nodes.x: found neither, expected either body or pipeline"
        ),
        (
            #"{"id": "x", "kind": "nested", "pipeline": "other"}"#,
            "test:9:43: nodes.x.pipeline: found pipeline \"other\", expected a pipeline that is known"
        ),
        (
            #"{"id": "x", "kind": "macro", "stages": []}"#,
            "test:9:40: nodes.x.stages: found no stages, expected the names of at least one pipeline"
        ),
        (
            #"{"id": "x", "kind": "group", "executable": "stop"}"#,
            "test:9:30: nodes.x.executable: found an unknown field of group, expected one of: id, kind, after, trigger, policy"
        ),
        (
            #"{"id": "y", "kind": "group"}, {"id": "x", "kind": "final", "executable": "stop"}, {"id": "z", "kind": "final", "executable": "stop"}"#,
            "test:9:90: nodes.z: found a second final node, expected one"
        ),
        (
            #"{"id": "y", "kind": "group", "after": ["x"]}, {"id": "x", "kind": "final", "executable": "stop"}"#,
            "test:9:40: nodes.y.after[0]: found the final node \"x\", expected a node that runs before the end"
        ),
        (
            #"{"id": "y", "kind": "nested", "body": {"nodes": [{"id": "x", "kind": "final", "executable": "stop"}]}}"#,
            "test:9:57: nodes.y.body.nodes.x: found a final node within a node, expected it among the graph's own nodes"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "resources_from": {"input": "raws"}}"#,
            "test:9:69: nodes.x.resources_from: found a list of files, expected one file"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "policy": {"tolerance": "many"}}"#,
            "test:9:75: nodes.x.policy.tolerance: found \"many\", expected a whole number of failures, or a part such as \"5 %\""
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "policy": {"cluster": {"by": "each"}}}"#,
            "test:9:73: nodes.x.policy.cluster: found neither size nor walltime_s nor clusters, expected at least one of them"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "policy": {"cluster": {"clusters": 0}}}"#,
            "test:9:86: nodes.x.policy.cluster.clusters: found 0, expected a whole number from 1 to 1000000"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "policy": {"scouts": {"count": 2, "by": "run"}}}"#,
            "test:9:91: nodes.x.policy.scouts.by: found \"run\", expected \"node\" or \"category\""
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "policy": {"cluster": 0}}"#,
            "test:9:73: nodes.x.policy.cluster: found 0, expected a whole number from 1 to 10000"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "policy": {"abort_codes": {"256": 1}}}"#,
            "test:9:78: nodes.x.policy.abort_codes: found \"256\", expected an exit code from 1 to 255"
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "trigger": "one_success"}"#,
            "test:9:62: nodes.x.trigger: found \"one_success\", expected \"all_succeeded\" or \"all_done\""
        ),
        (
            #"{"id": "x", "kind": "exec", "executable": "stop", "resources": {"ram_MiB": 1e300}}"#,
            "test:9:76: nodes.x.resources.ram_MiB: found 1e+300, expected a whole number from 1 to 1000000000"
        ),
    ]

    @Test(arguments: faulty)
    func `a fault of a node is told with its place`(nodes: String, fault: String) {
        #expect(Sample.faults(TestDocument.text(nodes: nodes)) == [fault])
    }

    @Test func `a cycle is named as the path round`() {
        let nodes = """
            {"id": "a", "kind": "exec", "executable": "copy", "in": {"a": {"node": "c", "port": "b"}}},
            {"id": "b", "kind": "exec", "executable": "copy", "in": {"a": {"node": "a", "port": "b"}}},
            {"id": "c", "kind": "exec", "executable": "copy", "in": {"a": {"node": "b", "port": "b"}}},
            {"id": "d", "kind": "group", "after": ["d", "c"]}
            """
        #expect(
            Sample.faults(TestDocument.text(nodes: nodes)) == [
                "test:10:8: nodes.b: found a cycle: b -> c -> a -> b, expected no cycle",
                "test:12:8: nodes.d: found a cycle: d -> d, expected no cycle",
            ])
    }

    @Test func `an undeclared port of a node is told`() {
        let nodes = """
            {"id": "x", "kind": "exec", "executable": "copy", "in": {"a": {"input": "raw"}}},
            {"id": "y", "kind": "exec", "executable": "copy", "in": {"a": {"node": "x", "port": "c"}}}
            """
        #expect(
            Sample.faults(TestDocument.text(nodes: nodes)) == [
                "test:10:63: nodes.y.in.a: found port \"c\" of x, expected one of: b"
            ])
    }

    @Test(
        arguments: [
            (
                #"{"name": "p", "outputs": [{"name": "o", "mime_type": "../x"}]}"#,
                "outputs[0].mime_type"
            ),
            (
                #"{"name": "p", "outputs": [{"name": "o", "mime_type": ""}]}"#,
                "outputs[0].mime_type"
            ),
            (#"{"name": "p", "outputs": [{"name": "o/p"}]}"#, "outputs[0].name"),
            (#"{"name": "p", "outputs": [{"name": "workdir"}]}"#, "outputs[0].name"),
            (
                #"{"name": "p", "inputs": [{"name": "o"}], "outputs": [{"name": "o"}]}"#,
                "outputs[0].name"
            ),
            (
                #"{"name": "p", "outputs": [{"name": "o", "lineage": ["i"]}]}"#,
                "outputs[0].lineage[0]"
            ),
            (#"{"name": "p", "command": "a\u0000b"}"#, "command"),
            (#"{"name": "p", "arguments": ["a\u0000b"]}"#, "arguments[0]"),
            (#"{"name": "p", "arguments": [1]}"#, "arguments[0]"),
            (#"{"name": "p", "resources": {"walltime_s": 0}}"#, "resources.walltime_s"),
            (#"{"name": "p", "name": "q"}"#, "name"),
        ])
    func `a faulty executable is refused at its field`(executable: String, field: String) {
        let text = """
            {"format": "sgs-graph/2", "name": "t", "executables": [\(executable)],
            "nodes": [{"id": "x", "kind": "exec", "executable": "p"}]}
            """
        let faults = Sample.faults(text)
        #expect(faults.count == 1)
        #expect(faults.first?.contains(": executables[0].\(field): found") == true)
    }

    @Test func `stages that do not fit are told`() throws {
        let library = try Sample.graphs()
        let nodes = """
            {"id": "m", "kind": "macro", "stages": ["stack", "exposure"], "in": {
            "frame": {"input": "raws"}, "more": {"input": "raw"}}}
            """
        #expect(
            Sample.faults(TestDocument.text(nodes: nodes), library: library) == [
                "test:9:41: nodes.m.in.image: found no source for input image of stage stack, "
                    + "expected an output corrected of an earlier stage, or a source",
                "test:9:50: nodes.m.in.frame: found a list of files, expected one file",
                "test:10:37: nodes.m.in.more: found input more, expected an input that a stage "
                    + "takes and no earlier stage makes",
            ])
    }

    @Test(
        arguments: [
            ("", "1:1", "an empty text"), ("[", "1:2", "the end of the text"),
            (#"{"a": 1"#, "1:8", "the end of the text"), (#"{"é": x}"#, "1:7", "'x'"),
            (#"{"format": "sgs-graph/2"} x"#, "1:27", "'x'"), ("[01]", "1:2", "'0'"),
            (#"["\ud800"]"#, "1:9", "'\"'"), ("[1e999]", "1:2", "'1'"),
            ("a: b: c", "1:5", "mapping"),
            ("a: 1\na: 2", "1:1", "a field twice: a"), ("- [", "2:1", "did not find"),
        ])
    func `a text that is no document is told with its place`(
        text: String, place: String, found: String
    ) {
        let faults = Sample.faults(text)
        #expect(faults.count == 1)
        #expect(faults[0].hasPrefix("test:\(place): found"), "\(faults[0])")
        #expect(faults[0].contains(found), "\(faults[0])")
    }

    @Test func `bytes that are no UTF-8 are told`() {
        let error = #expect(throws: WorkflowError.self) {
            try GraphReader.read(Data([0x7B, 0xFF, 0x7D]), file: "f")
        }
        #expect(error?.diagnostics.first?.found == "bytes that are no UTF-8")
    }
}
