import Testing

@testable import CommonWorkflow

@Suite struct CWLSummaryTests {
    @Test("a workflow's steps and links are drawn")
    func dot() throws {
        let folder = try DocumentFolder([
            "tool.cwl": """
            class: Workflow
            cwlVersion: v1.2
            requirements: {ScatterFeatureRequirement: {}}
            inputs: {names: "string[]"}
            outputs: {all: {type: "File[]", outputSource: each/out}}
            steps:
              each:
                run: {class: CommandLineTool, id: write, inputs: {text: string}, outputs: {out: stdout}}
                in: {text: names}
                scatter: text
                out: [out]
            """
        ])
        #expect(
            try folder.document().summary.dot == #"""
                digraph "tool.cwl" {
                    rankdir=LR;
                    node [shape=box];
                    "in:names" [shape=ellipse, label="names"];
                    "each" [label="each\ntool.cwl#write\nfor each text"];
                    "out:all" [shape=ellipse, label="all"];
                    "in:names" -> "each" [label="names as text"];
                    "each" -> "out:all" [label="out as all"];
                }

                """#)
    }

    @Test(
        "documents are told by their names",
        arguments: [("a.cwl", true), ("a.cwl#b", true), ("a.py", false)])
    func names(file: String, isOne: Bool) {
        #expect(CWLDocument.isOne(file) == isOne)
    }
}
