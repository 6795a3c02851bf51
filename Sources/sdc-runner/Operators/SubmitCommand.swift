import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

/// `sdc-runner submit`
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Run a pipeline on files of one's own.",
        discussion: """
            Prints the name of the run. What another run has done with the same command, inputs \
            and release is not done again. Its outputs are kept in STORAGE/SDC/.runs/RUN.

            Exit status with --wait: 0 completed, else the status of the abort code that ended the \
            run, else the number of its state: 16 ABORTED, 19 ERROR.

              sdc-runner submit tile --sdc SDC-FR --input frames=/data/f.fits --release 1.2
              sdc-runner submit tile --sdc SDC-FR --id night-4 --campaign DR1 --wait
            """)

    @Argument(help: "Name of the pipeline.")
    var pipeline: String

    @Option(help: ArgumentHelp("A file for an input; again for each file.", valueName: "port=path"))
    var input: [String] = []

    @Option(help: "Unique; the same submission given again is the same run.")
    var id: String?

    @Option(help: "Release of the pipelines' software.")
    var release = ""

    @Option(help: "Larger ones first.")
    var priority = 0

    @Option(help: "Who asks for it; by default whoever gives the command.")
    var user: String?

    @Option(help: "For what project.")
    var project = ""

    @Option(help: "In what campaign.")
    var campaign = ""

    @Option(help: "Folder of the pipelines' documents.")
    var pipelines = "contrib/pipelines"

    @Flag(help: "Wait until the run has ended.")
    var wait = false

    @Flag(help: "Do again, too, what has been done with the same command, inputs and release.")
    var force = false

    @OptionGroup var clusters: ClusterOptions
    @OptionGroup var control: ControlOptions

    func validate() throws {
        try clusters.validate()
        for text in input where text.firstIndex(of: "=") == nil {
            throw ValidationError("--input \(text): expected PORT=PATH")
        }
        guard (-1_000_000_000...1_000_000_000).contains(priority) else {
            throw ValidationError("--priority \(priority): expected -1000000000 to 1000000000")
        }
    }

    func run() async throws {
        var files: [String: [String]] = [:]
        for text in input {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            files[String(parts[0]), default: []].append(SiteOptions.absolute(String(parts[1])))
        }
        let graph = try graph(files)
        let answer = try await control.give(
            .submit(
                submission: Submission(
                    id: id ?? UUID().uuidString, pipeline: pipeline, inputs: files,
                    softwareRelease: release, priority: priority,
                    user: user ?? ControlOptions.user, project: project, campaign: campaign,
                    isForced: force, cluster: clusters.terms),
                graph: graph))
        if wait, let run = answer.run { try await end(of: run) }
    }

    /// The pipeline's document; its inputs are those that are given.
    private func graph(_ files: [String: [String]]) throws -> String {
        let library: PipelineLibrary
        do {
            library = try PipelineLibrary(
                folder: SiteOptions.absolute(pipelines), searchPath: SiteOptions.searchPath)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
        guard let found = library.pipelines[pipeline] else {
            let known = library.pipelines.keys.sorted().joined(separator: ", ")
            throw CommandError(
                .unknownItem, "pipeline \"\(pipeline)\" is unknown; known are \(known)")
        }
        let ports = Set(found.graph.inputs.map(\.name))
        let unknown = files.keys.filter { !ports.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw CommandError(
                .badInput,
                "pipeline \"\(pipeline)\" has no input \(unknown.joined(separator: ", ")); "
                    + "it has \(ports.sorted().joined(separator: ", "))")
        }
        let missing = ports.filter { files[$0] == nil }.sorted()
        guard missing.isEmpty else {
            throw CommandError(.badInput, "--input \(missing.joined(separator: ", ")) is missing")
        }
        if let installed = try SiteOptions.release(in: SiteOptions.absolute(pipelines)),
            !release.isEmpty, release != installed
        {
            throw CommandError(
                .badInput,
                "release \(release) of the pipelines' software is wanted, \(installed) is installed"
            )
        }
        return found.document
    }

    private func end(of run: String) async throws {
        let store: RunStore
        do {
            store = try RunStore(reading: control.storePath())
            while true {
                let found = try await store.summaries().first { $0.id.text == run }
                if let found, found.state.isFinal {
                    FileHandle.standardError.write(
                        Data("sdc-runner: \(run) is \(found.state.rawValue)\n".utf8))
                    var filter = RunFilter()
                    filter.name = run
                    let now = WallClock.system.now
                    let facts = try await store.facts(of: control.chosen(), filter, at: now)
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
