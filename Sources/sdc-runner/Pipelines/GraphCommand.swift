import ArgumentParser
import Commands
import CommonWorkflow
import Execution
import Foundation
import Workflows

/// `sdc-runner graph`
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Show the graph that a file describes.",
        discussion: """
            FILE is a Euclid Pipeline Script (.py), a DAGMan input file (.dag), a CWL document \
            (.cwl), a recorded workflow of WfFormat 1.5 (.json) or a graph document (.json, .yaml). \
            The answer is a document of the format sgs-graph/2, which a folder of pipelines may \
            have; --dot of a CWL document shows the document's own steps and links. Exit status: 0, \
            65 where the file has faults, which are all told with file and line, or 33 where a CWL \
            document needs what is not offered.

              sdc-runner graph vis_pipeline.py --packages pkgdefs > vis_pipeline.json
              sdc-runner graph vis_pipeline.py --dot | dot -Tsvg > vis_pipeline.svg
              sdc-runner graph vis_pipeline.py --text

            --format dagman writes it into a folder for HTCondor's DAGMan, which then runs it without \
            this program: a DAG and a submit description for each node. What a DAG cannot say is \
            refused by name, such as a parallel node over a list that an earlier node writes; a run \
            that has it can be exported (`run export`).

              sdc-runner graph n4.json --format dagman --output n4 --input frames=f.fits
              condor_submit_dag night/night.dag
            """)

    @Argument(help: ArgumentHelp("The pipeline's file.", valueName: "file"))
    var file: String

    @Flag(help: "Print it in Graphviz' language DOT.")
    var dot = false

    @Flag(help: "Print it as lines for people, a node each.")
    var text = false

    @Option(help: "json or dagman.")
    var format = Format.json

    @Option(help: "A folder that is empty or not there yet, for --format dagman.")
    var output: String?

    @Option(
        help: ArgumentHelp(
            "A file for an input, for --format dagman; again for each file.", valueName: "port=path"
        ))
    var input: [String] = []

    @OptionGroup var options: PipelineFileOptions

    @OptionGroup var answer: AnswerOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, dagman
    }

    func validate() throws {
        if dot && answer.json { throw ValidationError("--dot and --json exclude each other") }
        if text && answer.json { throw ValidationError("--text and --json exclude each other") }
        try SubmissionOptions.validate(input)
    }

    func run() throws {
        if dot, CWLDocument.isOne(file) {
            return print(try CWLDocument.checked(file).summary.dot, terminator: "")
        }
        let graph = try options.graph(of: file)
        if format == .dagman {
            let folder = (SiteOptions.absolute(file) as NSString).deletingLastPathComponent
            let files = SubmissionOptions.files(input)
            try SubmissionOptions.check(files, areInputsOf: graph)
            return try DAGManOutput.write(output, answer) {
                DAGManExport(
                    graph, inputs: files, folder: $0
                ) {
                    PipelineLibrary.program(
                        $0.command, folder: folder, searchPath: SiteOptions.searchPath)
                }
            }
        }
        if answer.json { return try answer.show(GraphSummary(graph), "") }
        guard !answer.quiet else { return }
        print(dot ? graph.dot() : text ? graph.drawing : graph.document, terminator: "")
    }
}

/// `sdc-runner check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a pipeline's file without running anything.",
        discussion: """
            Says what the pipeline takes and gives, or all faults with file and line (exit status \
            65).

              sdc-runner check vis_pipeline.py --packages pkgdefs
            """)

    @Argument(help: ArgumentHelp("The pipeline's file.", valueName: "file"))
    var file: String

    @OptionGroup var options: PipelineFileOptions

    @OptionGroup var answer: AnswerOptions

    private struct Answer: Encodable {
        let pipeline: String
        let tasks: Int
        let nodes: Int
        let inputs: [String]
        let outputs: [String]
    }

    func run() throws {
        if CWLDocument.isOne(file) {
            let summary = try CWLDocument.checked(file).summary
            return try answer.show(
                Answer(
                    pipeline: summary.name, tasks: summary.steps.count,
                    nodes: summary.steps.count, inputs: summary.inputs, outputs: summary.outputs),
                """
                \(summary.name): \(summary.kind), \(summary.steps.count) steps
                  takes  \(summary.inputs.joined(separator: ", "))
                  gives  \(summary.outputs.joined(separator: ", "))
                """)
        }
        let graph = try options.graph(of: file)
        let nodes = GraphSummary(graph).nodes
        let tasks = nodes.count { $0.executable != nil }
        let inputs = graph.inputs.map(\.name)
        let outputs = graph.outputs.map(\.name)
        try answer.show(
            Answer(
                pipeline: graph.name, tasks: tasks, nodes: nodes.count, inputs: inputs,
                outputs: outputs),
            """
            \(graph.name): \(tasks) \(tasks == 1 ? "task" : "tasks"), \
            \(nodes.count) \(nodes.count == 1 ? "node" : "nodes")
              takes  \(inputs.joined(separator: ", "))
              gives  \(outputs.joined(separator: ", "))
            """)
    }
}
