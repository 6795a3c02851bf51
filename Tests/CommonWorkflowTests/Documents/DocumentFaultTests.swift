import Testing

@testable import CommonWorkflow

@Suite struct DocumentFaultTests {
    /// A tool with other lines after those that each has.
    private static func tool(_ lines: String, version: String = "v1.2") -> String {
        "class: CommandLineTool\ncwlVersion: \(version)\n" + lines
    }

    @Test(
        "a tool's faults are told with file, line and column",
        arguments: [
            (
                "inputs: []\noutputs: []\nbaseComand: echo\n",
                [
                    "tool.cwl:5:1: baseComand: found an unknown field of CommandLineTool, expected "
                        + "baseCommand, or nothing"
                ]
            ),
            (
                "inputs: {a: strin}\noutputs: []\n",
                [#"tool.cwl:3:13: type: found "strin", expected a type"#]
            ),
            (
                "outputs: []\n",
                ["tool.cwl:1:1: inputs: found nothing, expected a list or an object"]
            ),
            (
                "inputs: []\noutputs: []\narguments: [$(1 + 1)]\n",
                [
                    "tool.cwl:5:13: found an expression that is no reference to a parameter, expected "
                        + "InlineJavascriptRequirement, or a reference"
                ]
            ),
            (
                "inputs: []\noutputs: []\nstdout: $(inputs\n",
                ["tool.cwl:5:9: found an expression without its end, expected its end"]
            ),
            (
                "inputs: []\noutputs: []\nrequirements: {ToolTimeLimit: {timelimit: -1}}\n",
                ["tool.cwl:5:43: timelimit: found -1, expected seconds from 0, or an expression"]
            ),
            (
                "inputs: [{id: a, type: int}, {id: a, type: int}]\noutputs: []\n",
                ["tool.cwl:3:30: found a twice, expected each name once"]
            ),
        ])
    func tools(lines: String, faults: [String]) throws {
        let folder = try DocumentFolder(["tool.cwl": Self.tool(lines)])
        #expect(folder.faults() == faults)
    }

    @Test("all faults are told at once")
    func all() throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.tool("inputs: {a: x, b: y}\noutputs: []\nhint: []\n")
        ])
        #expect(folder.faults().count == 3)
    }

    @Test("what is newer than a document's version is refused")
    func versions() throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.tool("inputs: []\noutputs: []\nintent: []\n", version: "v1.1"),
            "limit.cwl": Self.tool(
                "inputs: []\noutputs: []\nrequirements: {ToolTimeLimit: {timelimit: 1}}\n",
                version: "v1.0"),
            "none.cwl": "class: CommandLineTool\ninputs: []\noutputs: []\n",
        ])
        #expect(folder.faults()[0].contains("a field of a later version of CWL"))
        #expect(folder.faults("limit.cwl")[0].hasSuffix("unknown requirement ToolTimeLimit"))
        #expect(
            folder.faults("none.cwl") == [
                "none.cwl:1:1: cwlVersion: found nothing, expected v1.0, v1.1 or v1.2"
            ])
    }

    @Test("what includes or runs itself is refused", arguments: ["a.cwl", "wf.cwl", "outer.cwl"])
    func circles(name: String) throws {
        let head =
            "class: Workflow\ncwlVersion: v1.2\ninputs: []\noutputs: []\n"
            + "requirements: {SubworkflowFeatureRequirement: {}}\n"
        let folder = try DocumentFolder([
            "a.cwl": "$import: b.cwl\n", "b.cwl": "a: {$import: a.cwl}\n",
            "wf.cwl": head + "steps: {s: {run: wf.cwl, in: [], out: []}}\n",
            "outer.cwl": head + "steps: {s: {run: inner.cwl, in: [], out: []}}\n",
            "inner.cwl": head + "steps: {s: {run: outer.cwl, in: [], out: []}}\n",
        ])
        let faults = folder.faults(name)
        #expect(faults.count == 1)
        #expect(faults[0].contains("itself"))
    }

    @Test("containers, unknown requirements and operations are refused by name")
    func unsupported() throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.tool(
                "inputs: []\noutputs: []\nrequirements: {DockerRequirement: {dockerPull: x}}\n"),
            "other.cwl": Self.tool(
                "inputs: []\noutputs: []\nrequirements: [{class: x:Special}]\n"),
            "operation.cwl": "class: Operation\ncwlVersion: v1.2\ninputs: []\noutputs: []\n",
            "hint.cwl": Self.tool(
                "inputs: []\noutputs: []\nhints: {DockerRequirement: {dockerPull: x}}\n"),
        ])
        #expect(folder.faults() == ["tool.cwl:5: DockerRequirement: containers are not offered"])
        #expect(folder.faults("other.cwl") == ["other.cwl:5: unknown requirement x:Special"])
        #expect(
            folder.faults("operation.cwl") == [
                "operation.cwl:1: an Operation has nothing that could be run"
            ])
        #expect(folder.faults("hint.cwl") == [])
        let error = #expect(throws: CWLError.self) { try folder.document() }
        #expect(error?.code == .unsupported)
    }

    @Test("JavaScript is refused by name where node is missing, references are not")
    func withoutNode() throws {
        let requirement =
            "inputs: []\noutputs: []\nrequirements: {InlineJavascriptRequirement: {}}\n"
        let folder = try DocumentFolder([
            "tool.cwl": Self.tool(requirement + "arguments: [$(1 + 1)]\n"),
            "plain.cwl": Self.tool(requirement + "arguments: [$(runtime.cores)]\n"),
        ])
        let error = #expect(throws: CWLError.self) {
            try folder.document(searchPath: "/nowhere")
        }
        #expect(error?.code == .unsupported)
        #expect(
            error?.lines[0].hasSuffix(
                "tool.cwl:6: JavaScript expressions need node, which is not installed") == true)
        #expect(throws: Never.self) { try folder.document("plain.cwl", searchPath: "/nowhere") }
    }

    @Test("files that are missing, no text or no YAML are refused")
    func files() throws {
        let folder = try DocumentFolder(["bad.cwl": "a: [\n", "list.cwl": "- 1\n"])
        #expect(
            folder.faults("none.cwl") == [
                "none.cwl: found No such file or directory, expected a readable file"
            ])
        #expect(folder.faults("bad.cwl")[0].contains("no YAML or JSON"))
        #expect(!folder.faults("list.cwl").isEmpty)
    }
}
