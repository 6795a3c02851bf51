import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Workflows

/// `sdc-runner submit`
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Run a pipeline on files of one's own.",
        discussion: """
            Prints the name of the run. What another run has done with the same command, inputs \
            and release is not done again. Its outputs are kept in STORAGE/SDC/.runs/RUN.

            Exit status with --wait: 0 completed, else the status of the abort code that ended the \
            run, else the number of its state: 16 ABORTED, 19 ERROR.

              sdc-runner submit tile --sdc SDC-FR --input frames=/data/f.fits
              sdc-runner submit tile --sdc SDC-FR --id night-4 --campaign DR1 --wait
              sdc-runner submit tile --input frames=/data/f.fits --stop-after prepare
              sdc-runner submit vis_pipeline.py --packages pkgdefs --isf night-4.isf
              sdc-runner submit montage.json --replay-scale 0.01
              sdc-runner submit workflow.cwl --job inputs.yaml --outdir results

            It goes through phases, each with a result that can be printed (--stop-after) or kept \
            as a file (--folder, too), looked at and changed: acquire (the graph), cluster (what is \
            handed over together), transform (the graph with all that holds for its nodes), prepare \
            (the payloads). --from goes on with such a folder; its files are checked again: 65.

              sdc-runner submit vis.py --isf n4.isf --stop-after cluster --folder n4
              sdc-runner submit --from cluster n4
            """)

    @Argument(
        help: """
            Name of the pipeline, or a file that describes it: SCRIPT.py, NAME.dag, NAME.cwl, \
            GRAPH.json; with --from a folder of phases.
            """)
    var pipeline: String

    @OptionGroup var submission: SubmissionOptions

    @Flag(help: "Wait until the run has ended.")
    var wait = false

    @Option(
        help: ArgumentHelp(
            "Begin nothing: print the result of acquire, cluster, transform or prepare.",
            valueName: "phase"))
    var stopAfter: SubmissionPhase?

    @Option(help: "Keep the results of the phases as files here.")
    var folder: String?

    @Option(
        help: ArgumentHelp(
            "Go on after this phase with the files of a folder.", valueName: "phase"))
    var from: SubmissionPhase?

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard stopAfter == nil || !wait else {
            throw ValidationError("--wait: nothing runs with --stop-after")
        }
        guard from == nil || folder == nil else {
            throw ValidationError("--folder: with --from the files are in the folder that it names")
        }
        if let from, let stopAfter, stopAfter < from {
            throw ValidationError("--stop-after \(stopAfter.rawValue): is before \(from.rawValue)")
        }
    }

    func run() async throws {
        let (made, results, document) = try phases()
        if let path = from == nil ? folder : pipeline {
            try PhaseFolder(path: SiteOptions.absolute(path)).write(
                made, results, upTo: stopAfter ?? .prepare)
        }
        if let stopAfter {
            if stopAfter == .prepare {
                return try control.answer.show(results.prepared, results.prepared.text)
            }
            guard !control.answer.quiet else { return }
            return print(try results.text(stopAfter), terminator: "")
        }
        let answer = try await control.give(
            .submit(submission: made, graph: document))
        if wait, let run = answer.run { try await control.end(of: run) }
    }

    /// The submission, what all phases make of it, and the graph that is run.
    private func phases() throws -> (Submission, PhaseFolder.Results, document: String) {
        if let from {
            let (read, results) = try PhaseFolder(path: SiteOptions.absolute(pipeline))
                .read(from: from)
            return (read, results, results.transformed.document)
        }
        let made = try submission.made(of: pipeline)
        return (
            made.submission,
            PhaseFolder.Results(
                made.pipeline.graph, files: made.submission.inputs,
                cluster: made.submission.cluster), made.pipeline.document
        )
    }
}

extension ControlOptions {
    /// Waits for the end of a run, and ends with its state's number.
    func end(of run: String) async throws {
        do {
            let store = try RunStore(reading: storePath())
            while true {
                let found = try await store.summaries().first { $0.id.text == run }
                if let found, found.state.isFinal {
                    FileHandle.standardError.write(
                        Data("sdc-runner: \(run) is \(found.state.rawValue)\n".utf8))
                    var filter = RunFilter()
                    filter.name = run
                    let now = WallClock.system.now
                    let facts = try await store.facts(of: chosen(), filter, at: now)
                    let status = facts.first.map { RunRow($0, at: now).exitStatus }
                    if let status, status != 0 { throw ExitCode(Int32(status)) }
                    return
                }
                try await Task.sleep(for: .milliseconds(200))
            }
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}
