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

    @Option(help: "By what the seconds of a recorded workflow are multiplied.")
    var replayScale = 1.0

    @Option(help: "By what the memory of a recorded workflow is multiplied.")
    var replayMemory = 1.0

    @Option(help: "The file with the inputs of a CWL document.")
    var job: String?

    @Option(help: "Where the outputs of a CWL document go; here by default.")
    var outdir = "."

    func validate() throws {
        for (name, scale) in [("--replay-scale", replayScale), ("--replay-memory", replayMemory)]
        where !(scale >= 0 && scale <= 1e6) {
            throw ValidationError("\(name) \(scale): expected a number from 0 to 1000000")
        }
    }

    /// - Throws: `CommandError` with all faults.
    func graph(of file: String) throws(CommandError) -> Graph {
        do throws(WorkflowError) { return try self.file(file).graph() } catch {
            throw CommandError(error)
        }
    }

    /// The files of a run that the description itself names, by the graph's inputs.
    ///
    /// - Throws: `CommandError` with all faults.
    func inputs(of file: String) throws(CommandError) -> [String: [String]] {
        do throws(WorkflowError) { return try self.file(file).inputs() } catch {
            throw CommandError(error)
        }
    }

    private func file(_ path: String) -> PipelineFile {
        PipelineFile(
            path, packages: packages, pipeline: function,
            replay: ReplayTerms(seconds: replayScale, memory: replayMemory), job: job,
            outputFolder: SiteOptions.absolute(outdir))
    }
}

extension CommandError {
    /// What a pipeline's faults are for the command line.
    init(_ error: WorkflowError) {
        self.init(
            error.code == .unsupported ? .unsupported : .badInput,
            lines: [error.message] + error.diagnostics.map(\.description))
    }
}
