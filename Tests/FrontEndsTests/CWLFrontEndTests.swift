import Foundation
import Testing
import Workflows

@testable import FrontEnds

@Suite struct CWLFrontEndTests {
    private static let workflow = """
        class: Workflow
        cwlVersion: v1.2
        requirements: {ScatterFeatureRequirement: {}, StepInputExpressionRequirement: {}}
        inputs: {words: "string[]", frame: File}
        outputs: {all: {type: File, outputSource: joined/out}}
        steps:
          joined:
            run: tool.cwl
            in: {text: {source: each/out, valueFrom: "$(self.length)"}, frame: frame}
            out: [out]
            requirements: {ResourceRequirement: {coresMin: 3}}
          each: {run: tool.cwl, in: {text: words}, scatter: text, out: [out]}
          a.side: {run: tool.cwl, in: {text: {default: no}}, out: []}
        """
    private static let tool = """
        class: CommandLineTool
        cwlVersion: v1.2
        requirements: {ResourceRequirement: {coresMin: 2, ramMin: 2000}}
        inputs: {text: {type: string, inputBinding: {}}}
        outputs: {out: stdout}
        baseCommand: echo
        """

    /// What is done with files in a folder of the test's own.
    private func within<Value>(
        _ files: [String: String], _ work: (String) throws -> Value
    ) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        return try work(folder)
    }

    @Test func `each step of a workflow is a payload after those whose outputs it takes`() throws {
        try within([
            "wide.cwl": Self.workflow, "tool.cwl": Self.tool, "frame.fits": "SIMULATED",
            "job.yaml": "{words: [a, b], frame: {class: File, path: frame.fits}}",
        ]) { folder in
            let file = PipelineFile(
                "\(folder)/wide.cwl", job: "\(folder)/job.yaml", outputFolder: "/results")
            let graph = try file.graph()
            #expect(graph.name == "wide")
            #expect(graph.inputs.map(\.name) == ["job", "job_files"])
            let nodes = Dictionary(
                uniqueKeysWithValues: graph.body.nodes.map { ($0.id, $0) })
            #expect(Set(nodes.keys) == ["joined", "each", "a_side", "results"])
            #expect(nodes["joined"]?.parents == ["each"])
            #expect(nodes["each"]?.parents == [])
            #expect(nodes["results"]?.parents == ["joined", "each", "a_side"])
            #expect(nodes["joined"]?.executable?.resources.cores == 2)
            #expect(nodes["each"]?.executable?.resources.memory == 2256)
            let words = try #require(nodes["a_side"]?.executable?.arguments)
            #expect(words[0...1] == ["cwl-step", "\(folder)/wide.cwl"])
            #expect(words.contains("a.side"))
            #expect(nodes["results"]?.executable?.arguments.contains("/results") == true)
            #expect(
                try file.inputs() == [
                    "job": ["\(folder)/job.yaml"], "job_files": ["\(folder)/frame.fits"],
                ])
        }
    }

    @Test func `a tool is one payload, and one without inputs needs no file of them`() throws {
        try within(["tool.cwl": Self.tool]) { folder in
            let file = PipelineFile("\(folder)/tool.cwl", outputFolder: "/results")
            let graph = try file.graph()
            #expect(graph.inputs.isEmpty)
            #expect(graph.body.nodes.map(\.id) == ["process", "results"])
            let faults = #expect(throws: WorkflowError.self) { try file.inputs() }
            #expect(faults?.message.contains("text") == true, "\(faults?.message ?? "")")
        }
    }

    @Test func `a document's faults are all told, and a container is refused as not offered`()
        throws
    {
        try within([
            "bad.cwl": Self.tool.replacing("baseCommand", with: "baseCommnd").replacing(
                "out: stdout", with: "out: strange"),
            "docker.cwl": Self.tool.replacing(
                "requirements: {", with: "requirements: {DockerRequirement: {dockerPull: a}, "),
        ]) { folder in
            let bad = #expect(throws: WorkflowError.self) {
                try PipelineFile("\(folder)/bad.cwl").graph()
            }
            #expect(bad?.code == .badGraph)
            #expect(bad?.message.contains("strange") == true, "\(bad?.message ?? "")")
            let docker = #expect(throws: WorkflowError.self) {
                try PipelineFile("\(folder)/docker.cwl").graph()
            }
            #expect(docker?.code == .unsupported)
        }
    }
}
