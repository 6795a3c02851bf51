import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Documents
import Files
import Foundation
import GroundSegment
import Service

/// `sgs campaign add`
struct CampaignAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Write a campaign down: a file below campaigns, a template, or GraphML.",
        discussion: """
            Nothing begins with it: jobs of campaigns other than `daily` are not made yet.

              sgs campaign add data-release --as dr1 --parameter release=9.1 \\
                  --parameter start=2027-01-04 --parameter end=2027-04-05
              sgs campaign add graph.graphml --as test
            """)

    @OptionGroup var options: CampaignOptions

    @Argument(help: "Name of a file of the folder, without .yaml; or a file of GraphML.")
    var source: String

    @Option(name: .customLong("as"), help: "What it is to be called (default: as the file).")
    var name: String?

    @Option(
        name: .customLong("parameter"),
        help: ArgumentHelp("A template's value; may be repeated.", valueName: "name=value"))
    var parameters: [String] = []

    @Option(help: "Folder of campaigns and templates.")
    var folder = "campaigns"

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    func run() async throws {
        let campaign = try read()
        try await reportingErrors {
            let (store, survey) = try await options.open()
            try await store.add(campaign, survey: survey, by: author)
            let found = try await store.campaign(campaign.id, survey: survey)
            options.answer.show(found.json, CampaignText(campaign: found).lines)
        }
    }

    private func read() throws -> Campaign {
        var values: [String: String] = [:]
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CommandError(.usage, "--parameter \(parameter): expected NAME=VALUE")
            }
            values[parts[0]] = parts[1]
        }
        do {
            let campaign =
                source.hasSuffix(".graphml")
                ? try GraphMLFile.read(source)
                : try CampaignFile.read(
                    source, in: CampaignFolders([folder]), parameters: values)
            return name.map { campaign.clone(as: ID($0)) } ?? campaign
        } catch let error as CampaignError {
            throw CommandError(
                .badInput,
                lines: error.diagnostics.isEmpty
                    ? [error.message] : error.diagnostics.map(\.description))
        } catch let error as FileError {
            throw CommandError(.badInput, "\(error)")
        }
    }
}

/// `sgs campaign sweep`
struct CampaignSweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Bring all tasks on by the rules, until none fires.",
        discussion: """
            Nothing is lost without it: the next sweep finds what has happened since.

              sgs campaign sweep --dry-run
            """)

    @OptionGroup var options: CampaignOptions

    @Flag(help: "Only tell which rules would fire.")
    var dryRun = false

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.database.open()
            let result = try await CampaignStore(connection).sweep(
                survey: options.survey.map { ID($0) }, by: author, isDryRun: dryRun)
            options.answer.show(
                [
                    "tasks": .integer(result.vectors.count),
                    "firings": .list(
                        result.firings.map {
                            [
                                "task": .text("\($0.key)"), "rule": .text($0.rule),
                                "data": JSONValue($0.data?.text), "from": .text($0.from),
                                "to": .text($0.change.name), "round": .integer($0.round),
                            ]
                        }),
                ],
                result.firings.map(\.description)
                    + [
                        "\(result.vectors.count) tasks, \(result.firings.count) rules"
                            + (dryRun ? " would fire" : " fired")
                    ])
        }
    }
}

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
