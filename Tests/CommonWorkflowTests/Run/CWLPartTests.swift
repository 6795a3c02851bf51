import Foundation
import Testing

@testable import CommonWorkflow

@Suite struct CWLPartTests {
    private static let workflow = """
        class: Workflow
        cwlVersion: v1.2
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {words: {type: "string[]", default: [a, b]}}
        outputs:
          each: {type: "File[]", outputSource: each/out}
          both: {type: File, outputSource: both/out}
        steps:
          both: {run: cat.cwl, in: {files: each/out}, out: [out]}
          each: {run: echo.cwl, in: {text: words}, scatter: text, out: [out]}
        """
    private static let echo = """
        class: CommandLineTool
        cwlVersion: v1.2
        inputs: {text: {type: string, inputBinding: {}}}
        outputs: {out: {type: File, outputBinding: {glob: out.txt}}}
        baseCommand: [printf, "%s"]
        stdout: out.txt
        """
    private static let cat = """
        class: CommandLineTool
        cwlVersion: v1.2
        inputs: {files: {type: "File[]", inputBinding: {}}}
        outputs: {out: {type: File, outputBinding: {glob: both.txt}}}
        baseCommand: cat
        stdout: both.txt
        """

    private func folder() throws -> DocumentFolder {
        try DocumentFolder([
            "tool.cwl": Self.workflow, "echo.cwl": Self.echo, "cat.cwl": Self.cat,
        ])
    }

    private func run(_ path: String, _ name: String) -> CWLRun {
        CWLRun(
            outputFolder: "\(path)/\(name)", temporaryFolder: "\(path)/temporary",
            environment: ProcessInfo.processInfo.environment)
    }

    @Test("a workflow run step by step gives what it gives as a whole")
    func steps() async throws {
        let folder = try folder()
        let document = try folder.document()
        #expect(document.parts.map(\.step) == ["both", "each"])
        #expect(document.parts[0].needs == ["each"])
        #expect(document.givingSteps == ["both", "each"])
        let each = try await run(folder.path, "1").outputs(
            ofStep: "each", of: document, earlier: [])
        // Namesakes keep their names, in folders of their own.
        #expect(
            each.files == ["\(folder.path)/1/1/out.txt", "\(folder.path)/1/2/out.txt"])
        let both = try await run(folder.path, "2").outputs(
            ofStep: "both", of: folder.document(), earlier: [each.document])
        let results = try await run(folder.path, "outputs").results(
            of: folder.document(), parts: [each.document, both.document])
        #expect(try folder.text("outputs/both.txt") == "ab")
        #expect(try folder.names(in: "outputs") == ["both.txt", "out.txt", "out_2.txt"])
        let whole = try await run(folder.path, "outputs").outputs(of: folder.document())
        #expect(results.document == whole)
        #expect(try folder.names(in: "temporary").isEmpty)
    }

    @Test("a step without what it needs, an unknown one and a changed document are refused")
    func refused() async throws {
        let folder = try folder()
        let document = try folder.document()
        await #expect(throws: CWLError(.badDocument, "step both: each: its outputs are missing")) {
            try await run(folder.path, "1").outputs(ofStep: "both", of: document, earlier: [])
        }
        await #expect(throws: CWLError(.badDocument, "tool.cwl has no step none")) {
            try await run(folder.path, "1").outputs(ofStep: "none", of: document, earlier: [])
        }
        await #expect(throws: CWLError.self) {
            try await run(folder.path, "1").outputs(
                ofStep: "both", of: document, earlier: ["{\"step\": \"each\"}"])
        }
        try document.check(digest: document.digest)
        try folder.write(Self.echo + "\n", to: "echo.cwl")
        #expect(
            throws: CWLError(
                .badDocument, "tool.cwl is not what it was when it was submitted")
        ) {
            try folder.document().check(digest: document.digest)
        }
    }
}
