import ArgumentParser
import Commands
import Foundation
import Workflows

/// `sdc-runner graph`
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Show the graph that a file describes.",
        discussion: """
            FILE is a Euclid Pipeline Script (.py) or a graph document (.json, .yaml). The answer \
            is a document of the format sgs-graph/2, which a folder of pipelines may have. Exit \
            status: 0, or 65 where the file has faults, which are all told with file and line.

              sdc-runner graph vis_pipeline.py --packages pkgdefs > vis_pipeline.json
              sdc-runner graph vis_pipeline.py --dot | dot -Tsvg > vis_pipeline.svg
            """)

    @Argument(help: ArgumentHelp("The pipeline's file.", valueName: "file"))
    var file: String

    @Flag(help: "Print it in Graphviz' language DOT.")
    var dot = false

    @OptionGroup var options: PipelineFileOptions

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        if dot && answer.json { throw ValidationError("--dot and --json exclude each other") }
    }

    func run() throws {
        let graph = try options.graph(of: file)
        if answer.json { return try answer.show(GraphSummary(graph), "") }
        guard !answer.quiet else { return }
        print(dot ? graph.dot() : graph.document, terminator: "")
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
