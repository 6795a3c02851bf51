import Foundation
import Testing

/// The real program, with a CWL workflow as a run.
@Suite(.timeLimit(.minutes(12))) struct SubmittedCWLTests {
    private let site: OperatedSite

    init() throws { site = try OperatedSite() }

    private func submit(_ arguments: String...) async throws -> Answer {
        try await Answer(
            ["submit"] + arguments
                + [
                    "--sdc", "SDC-FR", "--state", site.site.state, "--storage",
                    site.site.storageRoot,
                ])
    }

    @Test("a workflow's steps run as payloads, and its output files are where they were wanted")
    func workflow() async throws {
        let folder = site.site.folder
        _ = try folder.write(
            """
            class: CommandLineTool
            cwlVersion: v1.2
            inputs: {file: {type: File, inputBinding: {}}}
            outputs: {out: {type: File, outputBinding: {glob: out.txt}}}
            baseCommand: [sed, s/a/b/]
            stdout: out.txt
            """, to: "tool.cwl")
        let file = try folder.write(
            """
            class: Workflow
            cwlVersion: v1.2
            inputs: {file: File}
            outputs: {last: {type: File, outputSource: second/out}}
            steps:
              first: {run: tool.cwl, in: {file: file}, out: [out]}
              second: {run: tool.cwl, in: {file: first/out}, out: [out]}
            """, to: "two.cwl")
        _ = try folder.write("aaa\n", to: "given.txt")
        let job = try folder.write("file: {class: File, path: given.txt}", to: "job.yaml")
        let answer = try await submit(
            file, "--job", job, "--outdir", "\(folder.path)/results", "--json")
        #expect(answer.status == 0, "\(answer.errors)")
        let runner = try RunnerProcess(site.site, sdc: "SDC-FR", more: ["--until-idle"])
        #expect(runner.end() == 0)
        #expect(
            try String(contentsOfFile: "\(folder.path)/results/out.txt", encoding: .utf8)
                == "bba\n")
        let kept = try FileManager.default.subpathsOfDirectory(atPath: site.site.storageRoot)
            .filter { $0.contains(".runs/") && $0.hasSuffix("outputs.json") }
        let text = try String(
            contentsOfFile: "\(site.site.storageRoot)/\(#require(kept.first))", encoding: .utf8)
        #expect(text.contains("\"path\": \"\(folder.path)/results/out.txt\""), "\(text)")
    }

    @Test("a document with a fault, or an input that is not there, begins nothing")
    func faulty() async throws {
        let file = try site.site.folder.write(
            """
            class: CommandLineTool
            cwlVersion: v1.2
            inputs: {file: File}
            outputs: {}
            baseCommand: [cat]
            """, to: "tool.cwl")
        let job = try site.site.folder.write(
            "file: {class: File, path: missing.txt}", to: "job.yaml")
        let missing = try await submit(file, "--job", job)
        #expect(missing.status == 65, "\(missing.errors)")
        #expect(missing.errors.contains("missing.txt"), "\(missing.errors)")
        let bad = try await submit(
            try site.site.folder.write("class: Nothing\ncwlVersion: v1.2", to: "bad.cwl"))
        #expect(bad.status == 65)
        #expect(bad.errors.contains("Nothing"), "\(bad.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(site.site.state)/SDC-FR"))
    }
}
