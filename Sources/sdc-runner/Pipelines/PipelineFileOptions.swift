import ArgumentParser
import Commands
import FrontEnds
import Workflows

/// A file that describes a pipeline, and what is needed beside it.
struct PipelineFileOptions: ParsableArguments {
    @Option(help: "Folder of Package Definitions besides the script's own; again for each.")
    var packages: [String] = []

    @Option(help: "Which pipeline of a script that has several.")
    var function: String?

    /// - Throws: `CommandError` with all faults.
    func graph(of file: String) throws(CommandError) -> Graph {
        do throws(WorkflowError) {
            return try PipelineFile(file, packages: packages, pipeline: function).graph()
        } catch {
            throw CommandError(error)
        }
    }
}

extension CommandError {
    /// What a pipeline's faults are for the command line.
    init(_ error: WorkflowError) {
        self.init(.badInput, lines: [error.message] + error.diagnostics.map(\.description))
    }
}
