import Testing

@testable import CommonWorkflow

@Suite struct LinkCheckTests {
    private static let tool = """
        class: CommandLineTool
        cwlVersion: v1.2
        inputs: {text: string, number: "int?"}
        outputs: {out: stdout}
        baseCommand: echo

        """

    private func faults(_ steps: String, more: String = "") throws -> [String] {
        let folder = try DocumentFolder([
            "echo.cwl": Self.tool,
            "tool.cwl": """
            class: Workflow
            cwlVersion: v1.2
            inputs: {a: string, n: int, all: "string[]"}
            outputs: []
            \(more)
            steps: \(steps)
            """,
        ])
        return folder.faults()
    }

    @Test(
        "links to nothing, of other types, and inputs without one are refused",
        arguments: [
            ("{s: {run: echo.cwl, in: {text: b}, out: []}}", "found b, which is not there"),
            ("{s: {run: echo.cwl, in: {text: t/out}, out: []}}", "found t/out, which is not there"),
            (
                "{s: {run: echo.cwl, in: {text: n}, out: []}}",
                "found n of the type int, expected string"
            ),
            ("{s: {run: echo.cwl, in: {number: n}, out: []}}", "found nothing for text of s"),
            ("{s: {run: echo.cwl, in: {text: a}, out: [x]}}", "found x, which s does not give"),
            ("{s: {run: echo.cwl, in: {text: all}, out: []}}", "found all of the type string[]"),
            (
                "{s: {run: echo.cwl, in: {text: all}, scatter: text, out: []}}",
                "expected ScatterFeatureRequirement"
            ),
            (
                "{s: {run: echo.cwl, in: {text: {source: n, valueFrom: x}}, out: []}}",
                "expected StepInputExpressionRequirement"
            ),
            (
                "{s: {run: echo.cwl, in: {text: {source: [a, a], pickValue: first_non_null}}, out: []}}",
                "expected MultipleInputFeatureRequirement"
            ),
        ])
    func refused(steps: String, words: String) throws {
        let faults = try faults(steps)
        #expect(faults.count == 1)
        #expect(faults[0].contains(words))
    }

    @Test("steps that wait for one another are refused")
    func circle() throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: Workflow
            cwlVersion: v1.2
            inputs: []
            outputs: []
            steps:
              a: {run: &t {class: CommandLineTool, inputs: {f: File}, outputs: {out: stdout}}, in: {f: b/out}, out: [out]}
              b: {run: *t, in: {f: a/out}, out: [out]}
            """
        ])
        #expect(folder.faults().count == 1)
        #expect(folder.faults()[0].contains("steps that wait for one another: a, b"))
    }

    @Test("a link that fits is none")
    func accepted() throws {
        #expect(
            try faults("{s: {run: echo.cwl, in: {text: a, number: n, other: all}, out: [out]}}")
                .isEmpty)
        #expect(
            try faults(
                "{s: {run: echo.cwl, in: {text: all}, scatter: text, out: []}}",
                more: "requirements: {ScatterFeatureRequirement: {}}"
            ).isEmpty)
    }
}
