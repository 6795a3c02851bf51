import ArgumentParser
import Commands
import CommonWorkflow
import Foundation
import GroundSegment

/// `sdc-runner cwl`
struct CWLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cwl",
        abstract: "Run a document of the Common Workflow Language on this machine.",
        discussion: """
            TOOL is a CWL document of version 1.0, 1.1 or 1.2, maybe with # and the name of one of \
            its processes; JOB is a file with its inputs. The output object is printed as JSON. \
            Nothing is started before the whole document has been checked. JavaScript expressions \
            are evaluated by node, where that is installed; containers are not offered.

            Exit status: 0 done, 1 a process failed, 33 something is needed that is not offered, \
            65 the document or its inputs have faults, 73 cannot write, 75 a process failed for a \
            time (temporaryFailCodes), 130 stopped.

              sdc-runner cwl --outdir results workflow.cwl inputs.yaml
              sdc-runner cwl packed.cwl#calibrate inputs.json
            """)

    @Argument(help: ArgumentHelp("The document.", valueName: "tool"))
    var tool: String

    @Argument(help: ArgumentHelp("The file with the inputs.", valueName: "job"))
    var job: String?

    @Option(help: "Where outputs go; here by default.")
    var outdir: String?

    @Option(help: "Folder to which files in JOB are relative; that of JOB by default.")
    var basedir: String?

    @Flag(help: "Do not show the commands that are run.")
    var quiet = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let here = FileManager.default.currentDirectoryPath
        let isQuiet = quiet
        do throws(CWLError) {
            let document = try CWLDocument(
                tool: tool, job: job, in: here, baseFolder: basedir, environment: environment)
            let run = CWLRun(
                outputFolder: absolute(outdir ?? here, in: here),
                temporaryFolder: NSTemporaryDirectory(), environment: environment
            ) { line in
                if !isQuiet { SDCRunner.remark(line) }
            }
            print(
                try await CWLStepCommand.stoppable { () throws(CWLError) in
                    try await run.outputs(of: document)
                })
        } catch {
            throw CommandError(error)
        }
    }

    private func absolute(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : folder + "/" + path
    }
}

extension CWLDocument {
    /// A document of a file, checked.
    ///
    /// - Throws: `CommandError` with all faults.
    static func checked(_ file: String) throws(CommandError) -> CWLDocument {
        do throws(CWLError) {
            return try CWLDocument(
                tool: file, in: FileManager.default.currentDirectoryPath,
                environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandError(error)
        }
    }
}

extension CommandError {
    /// What an error of a CWL document or its run is for the command line.
    init(_ error: CWLError) {
        let status: ExitStatus =
            switch error.code {
            case .badDocument: .badInput
            case .unsupported: .unsupported
            case .cannotWrite: .cannotWrite
            case .temporaryFailure: .busy
            case .stopped: .interrupted
            default: .failure
            }
        self.init(status, lines: error.lines)
    }
}
