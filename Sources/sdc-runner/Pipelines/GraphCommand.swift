import ArgumentParser
import Commands
import CommonWorkflow
import Foundation
import Workflows

/// `sdc-runner graph`
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Show the graph that a file describes.",
        discussion: """
            FILE is a Euclid Pipeline Script (.py) or a graph document (.json, .yaml). The answer \
            is a document of the format sgs-graph/2, which a folder of pipelines may have. Of a \
            CWL document (.cwl) it is a summary of its steps and links. Exit status: 0, 65 where \
            the file has faults, which are all told with file and line, or 33 where a CWL document \
            needs what is not offered.

              sdc-runner graph vis_pipeline.py --packages pkgdefs > vis_pipeline.json
              sdc-runner graph vis_pipeline.py --dot | dot -Tsvg > vis_pipeline.svg
            """)

    @Argument(help: ArgumentHelp("The pipeline's file.", valueName: "file"))
    var file: String

    @Flag(help: "Print it in Graphviz' language DOT.")
    var dot = false

    @Flag(help: "Print its nodes and edges as a JSON object.")
    var json = false

    @OptionGroup var options: PipelineFileOptions

    func run() throws {
        if CWLDocument.isOne(file) {
            let summary = try CWLDocument.checked(file).summary
            if dot { return print(summary.dot, terminator: "") }
            return try printJSON(summary)
        }
        let graph = try options.graph(of: file)
        if dot { return print(graph.dot(), terminator: "") }
        if json { return try printJSON(GraphSummary(graph)) }
        print(graph.document, terminator: "")
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

    func run() throws {
        if CWLDocument.isOne(file) {
            let summary = try CWLDocument.checked(file).summary
            print("\(summary.name): \(summary.kind), \(summary.steps.count) steps")
            print("  takes  " + summary.inputs.joined(separator: ", "))
            print("  gives  " + summary.outputs.joined(separator: ", "))
            return
        }
        let graph = try options.graph(of: file)
        let nodes = GraphSummary(graph).nodes
        let tasks = nodes.count { $0.executable != nil }
        print(
            "\(graph.name): \(tasks) \(tasks == 1 ? "task" : "tasks"), "
                + "\(nodes.count) \(nodes.count == 1 ? "node" : "nodes")")
        print("  takes  " + graph.inputs.map(\.name).joined(separator: ", "))
        print("  gives  " + graph.outputs.map(\.name).joined(separator: ", "))
    }
}
