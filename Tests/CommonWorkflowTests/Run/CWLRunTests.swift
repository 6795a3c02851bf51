import Foundation
import Testing

@testable import CommonWorkflow

@Suite struct CWLRunTests {
    /// A tool that writes its text to a file, and fails where that is `fail`.
    private static let echo = """
        class: CommandLineTool
        cwlVersion: v1.2
        inputs: {text: {type: string, inputBinding: {}}}
        outputs: {out: {type: File, outputBinding: {glob: out.txt}}}
        baseCommand: [sh, -c, 'test "$0" != fail && printf "%s" "$0"']
        stdout: out.txt

        """

    @Test("a workflow's steps are joined, scattered, left out and picked")
    func workflow() async throws {
        let folder = try DocumentFolder([
            "echo.cwl": Self.echo,
            "tool.cwl": """
            class: Workflow
            cwlVersion: v1.2
            requirements:
              ScatterFeatureRequirement: {}
              StepInputExpressionRequirement: {}
              MultipleInputFeatureRequirement: {}
            inputs: {words: "string[]", off: boolean}
            outputs:
              all: {type: "File[]", outputSource: each/out}
              one: {type: File, outputSource: [skipped/out, joined/out], pickValue: first_non_null}
            steps:
              each: {run: echo.cwl, in: {text: words}, scatter: text, out: [out]}
              joined:
                run: echo.cwl
                in: {text: {source: words, valueFrom: "$(self[0])-$(inputs.n)"}, n: {default: 7}}
                out: [out]
              skipped: {run: echo.cwl, in: {text: {default: no}, off: off}, when: $(inputs.off), out: [out]}
            """,
            "job.yaml": "{words: [a, b], off: false}",
        ])
        let outputs = try await folder.outputs(job: "job.yaml")
        let all = try #require(outputs["all"] as? [[String: Any]])
        #expect(all.map { $0["basename"] as? String } == ["out.txt", "out_2.txt"])
        #expect(try folder.text("outputs/out.txt") == "a")
        #expect(try folder.text("outputs/out_2.txt") == "b")
        #expect(try folder.text("outputs/out_3.txt") == "a-7")
        #expect(try folder.names(in: "temporary").isEmpty)
    }

    @Test("secondary files keep to their file where it gets another name")
    func namesakes() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: Workflow
            cwlVersion: v1.2
            requirements: {ScatterFeatureRequirement: {}}
            inputs: {n: {type: "int[]", default: [1, 2]}}
            outputs: {all: {type: "File[]", outputSource: each/f}}
            steps:
              each:
                run:
                  class: CommandLineTool
                  inputs: {n: {type: int, inputBinding: {}}}
                  outputs: {f: {type: File, secondaryFiles: [.bai, ^.idx], outputBinding: {glob: x.bam}}}
                  baseCommand: [sh, -c, 'for f in x.bam x.bam.bai x.idx; do echo $0 > $f; done']
                in: {n: n}
                scatter: n
                out: [f]
            """
        ])
        _ = try await folder.outputs()
        #expect(
            try folder.names(in: "outputs")
                == ["x.bam", "x.bam.bai", "x.idx", "x_2.bam", "x_2.bam.bai", "x_2.idx"])
        #expect(try folder.text("outputs/x_2.idx") == folder.text("outputs/x_2.bam"))
    }

    @Test("with a step that fails the workflow fails, names it and leaves nothing")
    func failingStep() async throws {
        let folder = try DocumentFolder([
            "echo.cwl": Self.echo,
            "tool.cwl": """
            class: Workflow
            cwlVersion: v1.2
            inputs: []
            outputs: {o: {type: File, outputSource: good/out}}
            steps:
              good: {run: echo.cwl, in: {text: {default: a}}, out: [out]}
              bad: {run: echo.cwl, in: {text: {default: fail}}, out: [out]}
            """,
        ])
        let error = await #expect(throws: CWLError.self) { _ = try await folder.outputs() }
        #expect(error?.lines == ["tool.cwl/bad: exit status 1"])
        #expect(try folder.names(in: "outputs").isEmpty)
        #expect(try folder.names(in: "temporary").isEmpty)
    }

    @Test("inputs that are missing or of another type are refused before anything starts")
    func inputs() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.echo, "job.yaml": "{text: 3}",
            "files.yaml": "{f: {class: File, path: none}}",
            "file.cwl":
                "{class: CommandLineTool, cwlVersion: v1.2, inputs: {f: File}, outputs: [], baseCommand: ls}",
        ])
        let missing = await #expect(throws: CWLError.self) { _ = try await folder.outputs() }
        #expect(missing?.code == .badDocument)
        #expect(missing?.lines[0].hasSuffix("input text: found nothing, expected string") == true)
        let other = await #expect(throws: CWLError.self) {
            _ = try await folder.outputs(job: "job.yaml")
        }
        #expect(other?.lines[0].hasSuffix("input text: found 3, expected string") == true)
        let file = await #expect(throws: CWLError.self) {
            _ = try await folder.outputs("file.cwl", job: "files.yaml")
        }
        #expect(file?.lines[0].hasSuffix("none is not there") == true)
    }

    @Test("an input object names its document and adds requirements")
    func jobFile() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: CommandLineTool
            cwlVersion: v1.2
            requirements: {EnvVarRequirement: {envDef: {V: tool}}}
            inputs: []
            outputs: {o: stdout}
            stdout: o
            baseCommand: [sh, -c, 'printf "%s" "$V"']
            """,
            "job.yaml":
                "{cwl:tool: tool.cwl, cwl:requirements: [{class: EnvVarRequirement, envDef: {V: job}}]}",
        ])
        _ = try await folder.outputs("job.yaml")
        #expect(try folder.text("outputs/o") == "job")
    }

    @Test("a packed document's process is chosen by name, main by itself")
    func packed() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            cwlVersion: v1.2
            $graph:
              - {class: CommandLineTool, id: "#other", inputs: [], outputs: {o: stdout}, stdout: other, baseCommand: "true"}
              - class: Workflow
                id: "#main"
                inputs: []
                outputs: [{id: "#main/o", type: File, outputSource: "#main/step/o"}]
                steps: [{id: "#main/step", run: "#other", in: [], out: ["#main/step/o"]}]
            """
        ])
        #expect(
            ((try await folder.outputs())["o"] as? [String: Any])?["basename"] as? String == "other"
        )
        let other = try await folder.outputs("tool.cwl#other")
        #expect((other["o"] as? [String: Any])?["basename"] as? String == "other")
        #expect(folder.faults("tool.cwl#none")[0].contains("found no process none"))
    }

    @Test("where the run is stopped, its commands end and nothing is left")
    func stopped() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: CommandLineTool
            cwlVersion: v1.2
            inputs: []
            outputs: []
            baseCommand: [sh, -c]
            arguments: ['mkfifo "$0"; sleep 300 & echo up > "$0"; wait', "PIPE"]
            """
        ])
        let pipe = "\(folder.path)/pipe"
        try folder.write(folder.text("tool.cwl").replacing("PIPE", with: pipe), to: "tool.cwl")
        #expect(mkfifo(pipe, 0o600) == 0)
        let document = try folder.document()
        let run = CWLRun(
            outputFolder: "\(folder.path)/outputs", temporaryFolder: "\(folder.path)/temporary",
            environment: ProcessInfo.processInfo.environment)
        let running = Task { try await run.outputs(of: document) }
        // Opening waits until the tool writes, which may take one of Swift's own threads.
        let word: Data? = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: FileHandle(forReadingAtPath: pipe)?.readDataToEndOfFile())
            }
        }
        #expect(word == Data("up\n".utf8))
        running.cancel()
        let result = await running.result
        let error = #expect(throws: CWLError.self) { try result.get() }
        #expect(error?.code == .stopped)
        #expect(try folder.names(in: "temporary").isEmpty)
    }

    @Test("a folder for outputs that cannot be made is told, and nothing starts")
    func outputFolder() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.echo, "job.yaml": "{text: a}", "file": "",
        ])
        let run = CWLRun(
            outputFolder: "\(folder.path)/file/outputs",
            temporaryFolder: "\(folder.path)/temporary",
            environment: ProcessInfo.processInfo.environment)
        let document = try folder.document(job: "job.yaml")
        let error = await #expect(throws: CWLError.self) { _ = try await run.outputs(of: document) }
        #expect(error?.code == .cannotWrite)
        #expect(try folder.names(in: "temporary").isEmpty)
    }
}
