import ArgumentParser
import BatchSystems
import Commands
import Execution
import Foundation
import GroundSegment

/// `sdc-runner batch`
struct BatchGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "The site's batch system.",
        subcommands: [BatchTestCommand.self])
}

/// `sdc-runner batch test`
struct BatchTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Submit, follow and cancel one job, and see whether the folder is shared.",
        discussion: """
            Exit status 0 where all is well, 1 where something is not, 65 for faults of the \
            description, 66 where it does not say how a batch system is used.

              sdc-runner batch test --sdcs sdcs --sdc SDC-FR
            """)

    @Option(help: "Folder of the SDCs' descriptions.")
    var sdcs: String

    @Option(help: "The SDC: SDC-FR.")
    var sdc: String

    @Option(
        help: "Folder of the runner's own state, where a job writes; site.batch.folder if said.")
    var state = ProgramPlaces.state

    @Option(help: "Seconds to wait for each thing.")
    var patience = 60

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard (1...86_400).contains(patience) else {
            throw ValidationError("--patience \(patience): expected 1 to 86400")
        }
    }

    func run() async throws {
        let file = "\(sdcs)/\(sdc).yaml"
        guard !sdc.contains("/"), let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(.unknownItem, "\(file): there is no such description")
        }
        let site: BatchSite?
        do throws(BatchSystemError) {
            site = try BatchSite.read(String(decoding: data, as: UTF8.self), file: file)
        } catch {
            throw CommandError(error)
        }
        guard let site else {
            throw CommandError(
                .unknownItem, "\(file): found no site.batch, expected how the system is used")
        }
        var trial = BatchTrial(
            site, folder: site.settings.folder ?? SiteOptions.absolute(state), patience: patience)
        trial.run()
        let lines = trial.steps.map { step in
            "\(step.isGood ? "good" : "BAD ")  \(step.step): \(step.words)"
        }
        try answer.show(Answer(trial), lines.joined(separator: "\n"))
        if !trial.isGood { throw CommandError(.failure) }
    }

    private struct Answer: Encodable {
        let isGood: Bool
        let steps: [BatchTrial.Step]

        init(_ trial: BatchTrial) {
            (isGood, steps) = (trial.isGood, trial.steps)
        }
    }
}
