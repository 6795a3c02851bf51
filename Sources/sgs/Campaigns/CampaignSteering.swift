import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Foundation
import GroundSegment
import Service

/// The options of the commands that a task is given.
struct TaskCommandOptions: ParsableArguments {
    @OptionGroup var campaigns: CampaignOptions

    @Argument(help: "The task: CAMPAIGN/TASK.", transform: TaskKey.argument)
    var task: TaskKey

    @Option(help: "Why; kept in the catalogue.")
    var reason: String = ""

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    @Flag(help: "Only tell what would be done.")
    var dryRun = false

    func give(_ command: TaskCommand) async throws {
        do {
            try await reportingErrors {
                let (store, survey) = try await campaigns.open()
                let change = try await store.give(
                    command, to: task.task, of: task.campaign, survey: survey, by: author,
                    because: reason, isDryRun: dryRun)
                campaigns.answer.show(
                    change.json(isDryRun: dryRun), [change.text(isDryRun: dryRun)])
            }
        } catch let error as RefusedCommand {
            throw CommandError(.failure, "\(task): \(error)")
        }
    }
}

/// `sgs campaign kill`
struct CampaignKill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "Cancel a task's jobs and end it.",
        discussion: """
              sgs campaign kill daily/tile --reason "wrong release" --dry-run
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.kill) }
}

/// `sgs campaign finish`
struct CampaignFinish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finish",
        abstract: "Make no more of a task's jobs, and take what there is.",
        discussion: """
              sgs campaign finish daily/tile
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.finish) }
}

/// `sgs campaign retry`
struct CampaignRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Let a task's lost jobs run again.",
        discussion: """
              sgs campaign retry daily/observation
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.retry) }
}

/// `sgs campaign incexec`
struct CampaignIncexec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incexec",
        abstract: "Look up a task's inputs again, for more than there were.",
        discussion: """
              sgs campaign incexec daily/tile
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.incexec) }
}

/// `sgs campaign reassign`
struct CampaignReassign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reassign",
        abstract: "Move a task's jobs that are not running to the other SDC of their items.",
        discussion: """
              sgs campaign reassign daily/tile --dry-run
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.reassign) }
}

/// `sgs campaign pause`
struct CampaignPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Hold a task: runners take none of its jobs.",
        discussion: """
              sgs campaign pause daily/tile --reason "new calibration"
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.pause) }
}

/// `sgs campaign resume`
struct CampaignResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a paused task go on from where it was.",
        discussion: """
              sgs campaign resume daily/tile
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.resume) }
}

/// `sgs campaign avalanche`
struct CampaignAvalanche: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "avalanche",
        abstract: "Do not wait for a task's first jobs to be measured.",
        discussion: """
              sgs campaign avalanche dr1/vis
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.avalanche) }
}

/// `sgs campaign release`
struct CampaignRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Do not wait for a task's late inputs: go on with what is there.",
        discussion: """
              sgs campaign release daily/tile
            """)

    @OptionGroup var options: TaskCommandOptions

    func run() async throws { try await options.give(.release) }
}
