import Foundation
import Testing

@testable import CommonWorkflow

@Suite struct ToolRunTests {
    private static func shell(_ command: String, _ more: String = "") -> String {
        """
        class: CommandLineTool
        cwlVersion: v1.2
        requirements:
          ShellCommandRequirement: {}
        \(more)
        arguments: [{shellQuote: false, valueFrom: '\(command)'}]

        """
    }

    /// What is wrong, without the folder of the documents.
    private func failure(_ folder: borrowing DocumentFolder) async -> CWLError? {
        do {
            _ = try await folder.outputs()
            return nil
        } catch {
            return error as? CWLError
        }
    }

    @Test("files are staged with their secondary files, and outputs are found with theirs")
    func secondaryFiles() async throws {
        let folder = try DocumentFolder([
            "data/a.bam": "1", "data/a.bam.bai": "2",
            "tool.cwl": Self.shell(
                "cat $(inputs.f.path).bai $(inputs.f.path) > x.out; cp x.out x.idx; ls $(inputs.f.dirname)",
                """
                inputs: {f: {type: File, secondaryFiles: [.bai, "^.none?"], default: {class: File, location: data/a.bam}}}
                outputs:
                  o: {type: File, secondaryFiles: [^.idx], outputBinding: {glob: "*.out"}}
                  names: {type: string, outputBinding: {glob: names, loadContents: true, outputEval: "$(self[0].contents)"}}
                stdout: names
                """),
        ])
        let outputs = try await folder.outputs()
        #expect(outputs["names"] as? String == "a.bam\na.bam.bai\n")
        let file = try #require(outputs["o"] as? [String: Any])
        #expect(file["size"] as? Int == 2)
        #expect(file["checksum"] as? String == "sha1$472b07b9fcf2c2451e8781e944bf5f77cd8457c8")
        #expect(
            (file["secondaryFiles"] as? [[String: Any]])?.first?["basename"] as? String == "x.idx")
        #expect(try folder.names(in: "outputs") == ["x.idx", "x.out"])
        #expect(try folder.text("outputs/x.out") == "21")
        #expect(try folder.names(in: "temporary").isEmpty)
    }

    @Test("its environment is what is asked for, its folders are its own")
    func environment() async throws {
        let folder = try DocumentFolder()
        try folder.write(
            """
            class: CommandLineTool
            cwlVersion: v1.2
            requirements:
              EnvVarRequirement: {envDef: {V: "$(inputs.v)"}}
            inputs: {v: {type: string, default: "x y"}}
            outputs: {o: stdout}
            stdout: o
            baseCommand: [sh, -c]
            arguments: ['test "$HOME" = "$PWD" && test -w "$TMPDIR" && printf "%s" "$V" && test -z "$XDG_X$USER"']
            """, to: "tool.cwl")
        _ = try await folder.outputs()
        #expect(try folder.text("outputs/o") == "x y")
    }

    @Test("texts, files and folders are put into its folder, copies where they may be changed")
    func initialFolder() async throws {
        let folder = try DocumentFolder([
            "in.txt": "old", "dir/x": "x",
            "tool.cwl": """
            class: CommandLineTool
            cwlVersion: v1.2
            requirements:
              InitialWorkDirRequirement:
                listing:
                  - {entryname: sub/text, entry: "n = $(inputs.n)"}
                  - {entryname: copy.txt, entry: $(inputs.f), writable: true}
                  - $(inputs.d)
            inputs:
              n: {type: int, default: 3}
              f: {type: File, default: {class: File, location: in.txt}}
              d: {type: Directory, default: {class: Directory, location: dir}}
            outputs: {o: stdout}
            stdout: o
            baseCommand: [sh, -c]
            arguments: ['cat sub/text "$0" dir/x; echo new > "$0"', $(inputs.f.path)]
            """,
        ])
        _ = try await folder.outputs()
        #expect(try folder.text("outputs/o") == "n = 3oldx")
        #expect(try folder.text("in.txt") == "old")
    }

    @Test(
        "names outside of its folder are refused",
        arguments: ["/etc/x", "../x", "a/../../x"])
    func outside(name: String) async throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: CommandLineTool
            cwlVersion: v1.2
            requirements: {InitialWorkDirRequirement: {listing: [{entryname: "\(name)", entry: x}]}}
            inputs: []
            outputs: []
            baseCommand: "true"
            """
        ])
        let error = await failure(folder)
        #expect(error?.code == .permanentFailure)
        #expect(error?.lines.first?.contains("is no name within the folder of the tool") == true)
        #expect(try folder.names(in: "temporary").isEmpty)
    }

    @Test(
        "an exit status means what the tool says",
        arguments: [
            ("exit 3", "successCodes: [3]", nil),
            ("exit 4", "temporaryFailCodes: [4]", CWLError.Code.temporaryFailure),
            ("exit 5", "", .permanentFailure),
            ("true", "permanentFailCodes: [0]", .permanentFailure),
            ("kill -9 $$", "", .permanentFailure),
        ])
    func statuses(command: String, codes: String, code: CWLError.Code?) async throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.shell(command, "inputs: []\noutputs: []\n" + codes)
        ])
        #expect(await failure(folder)?.code == code)
    }

    @Test(
        "outputs that are missing, too many, of another kind or links elsewhere are failures",
        arguments: [
            ("true", "found nothing, expected File"),
            ("touch a1 a2", "2 files, and one is expected"),
            ("mkdir a", "expected File"), ("ln -s /etc/passwd a", "outside of the tool"),
            ("ln -s nowhere a", "a link to nowhere"),
            ("mkdir a; ln -s /etc a/b", "b is a link to /etc, outside of the tool"),
        ])
    func outputs(command: String, words: String) async throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.shell(
                command, "inputs: []\noutputs: {o: {type: File, outputBinding: {glob: \"a*\"}}}")
        ])
        let error = await failure(folder)
        #expect(error?.lines.first?.contains(words) == true)
        #expect(try folder.names(in: "outputs").isEmpty)
    }

    @Test("what a tool says in cwl.output.json is its output")
    func ownOutput() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: CommandLineTool
            cwlVersion: v1.2
            inputs: []
            outputs: {n: int, f: File}
            baseCommand: [sh, -c]
            arguments: ['echo x > a; echo "{\\"n\\": 2, \\"f\\": {\\"class\\": \\"File\\", \\"path\\": \\"a\\"}}" > cwl.output.json']
            """
        ])
        let outputs = try await folder.outputs()
        #expect(outputs["n"] as? Int == 2)
        #expect(try folder.text("outputs/a") == "x\n")
    }

    @Test("a tool ends with its time limit, and with it what it has started")
    func timeLimit() async throws {
        let folder = try DocumentFolder([
            "tool.cwl": Self.shell(
                "sleep 300 & sleep 300", "  ToolTimeLimit: {timelimit: 1}\ninputs: []\noutputs: []")
        ])
        #expect(await failure(folder)?.lines == ["tool.cwl: longer than its time limit"])
    }
}
