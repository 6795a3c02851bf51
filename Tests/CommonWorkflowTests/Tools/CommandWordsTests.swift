import Documents
import Testing

@testable import CommonWorkflow

@Suite struct CommandWordsTests {
    /// The words of a tool that prints them.
    private func words(_ lines: String, job: String) async throws -> [String] {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: CommandLineTool
            cwlVersion: v1.2
            \(lines)
            outputs: {words: {type: string, outputBinding: {glob: w, loadContents: true, outputEval: "$(self[0].contents)"}}}
            baseCommand: [printf, "%s|"]
            stdout: w
            """,
            "job.yaml": job,
        ])
        let outputs = try await folder.outputs(job: "job.yaml")
        return (outputs["words"] as? String ?? "").split(separator: "|").map(String.init)
    }

    @Test("words come by position, then arguments by place and inputs by name")
    func order() async throws {
        let lines = """
            inputs:
              z: {type: int, inputBinding: {}}
              a: {type: int, inputBinding: {position: 1}}
              b: {type: int, inputBinding: {prefix: -b, separate: false}}
            arguments: [first, {valueFrom: last, position: 2}, {valueFrom: "$(inputs.a)", prefix: -p}]
            """
        #expect(
            try await words(lines, job: "{z: 1, a: 2, b: 3}")
                == ["first", "-p", "2", "-b3", "1", "2", "last"])
    }

    @Test("lists are joined, or each element has the binding of their type")
    func lists() async throws {
        let lines = """
            inputs:
              a: {type: "int[]", inputBinding: {prefix: -a, itemSeparator: ","}}
              b: {type: {type: array, items: string, inputBinding: {prefix: -b}}, inputBinding: {position: 1}}
              c: {type: "string[]", inputBinding: {prefix: -c, position: 2}}
              d: {type: "string[]", inputBinding: {prefix: -d, position: 3}}
            """
        #expect(
            try await words(lines, job: "{a: [1, 2], b: [x, y], c: [u, v], d: []}")
                == ["-a", "1,2", "-b", "x", "-b", "y", "-c", "u", "v"])
    }

    @Test("true is its prefix, false and null are nothing, records are their fields")
    func others() async throws {
        let lines = """
            inputs:
              f: {type: boolean, inputBinding: {prefix: -f}}
              g: {type: boolean, inputBinding: {prefix: -g}}
              n: {type: int?, inputBinding: {prefix: -n, valueFrom: never}}
              r:
                type:
                  type: record
                  fields:
                    y: {type: double, inputBinding: {position: 2}}
                    x: {type: string, inputBinding: {position: 1, prefix: -x}}
            """
        #expect(
            try await words(lines, job: "{f: true, g: false, r: {x: w, y: 1e-7}}")
                == ["-f", "-x", "w", "0.0000001"])
    }

    @Test("words for the shell are quoted but where that is not wanted")
    func quoting() {
        #expect(CommandWords.quoted("a-b/c.d=1") == "a-b/c.d=1")
        #expect(CommandWords.quoted("it's $x") == "'it'\"'\"'s $x'")
        #expect(CommandWords.quoted("") == "''")
    }
}
