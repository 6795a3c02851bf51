import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Documents
import Foundation
import GroundSegment
import Service

/// `sgs campaign`: graphs of tasks over the whole ground segment.
struct CampaignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: "Look at campaigns, graphs of tasks whose jobs are orders, and steer them.",
        discussion: """
            Every survey has the campaign `daily`: what its publications make orders for.  \
            contrib/campaigns.md describes files, states and commands.  Exit status 66 where a \
            campaign or task is unknown, 1 where a task's state does not allow what was asked.
            """,
        subcommands: [
            CampaignList.self, CampaignShow.self, CampaignGraphCommand.self, CampaignTasks.self,
            CampaignJobs.self, CampaignEvents.self, CampaignWhy.self, CampaignCost.self,
            CampaignReplicas.self, CampaignDelays.self, CampaignRules.self, CampaignAdd.self,
            CampaignApprove.self, CampaignSweep.self, CampaignRecover.self, CampaignKill.self,
            CampaignFinish.self, CampaignRetry.self,
            CampaignIncexec.self, CampaignReassign.self, CampaignPause.self, CampaignResume.self,
            CampaignAvalanche.self, CampaignRelease.self,
        ])
}

/// The options of the commands that look at campaigns.
struct CampaignOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @Option(
        help: "The instant that it is, for data that come later (default: the present).",
        transform: MJD.argument)
    var clock: MJD?

    @OptionGroup var answer: AnswerOptions

    /// Opens the catalogue and finds the survey.
    func open() async throws -> (store: CampaignStore, survey: ID<SurveyPlan>) {
        let connection = try await database.open()
        let survey = try await OwnershipStore(connection).survey(named: survey.map { ID($0) })
        return (CampaignStore(connection), survey)
    }
}

/// `sgs campaign list`
struct CampaignList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List campaigns with their tasks and jobs by state.",
        discussion: "  sgs campaign list")

    @OptionGroup var options: CampaignOptions

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.database.open()
            let campaigns = try await CampaignStore(connection).all(
                survey: options.survey.map { ID($0) })
            options.answer.show(
                .list(campaigns.map { $0.json }), CampaignText.table(campaigns).lines)
        }
    }
}

/// `sgs campaign show`
struct CampaignShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one campaign: its tasks, their states and jobs.",
        discussion: "  sgs campaign show daily")

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let found = try await store.campaign(ID(campaign), survey: survey)
            options.answer.show(found.json, CampaignText(campaign: found).lines)
        }
    }
}

/// `sgs campaign tasks`
struct CampaignTasks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks",
        abstract: "List the tasks of all campaigns, those first that are held.",
        discussion: """
              sgs campaign tasks
              sgs campaign tasks --state paused
            """)

    @OptionGroup var options: CampaignOptions

    @Option(help: "Only those in this state.", transform: CampaignTasks.state)
    var state: TaskState?

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.database.open()
            let tasks = try await CampaignStore(connection).all(
                survey: options.survey.map { ID($0) }
            ).flatMap(\.tasks).filter { state == nil || $0.state == state }
            options.answer.show(
                .list(tasks.map { $0.json }), CampaignText.table(tasks, named: true).lines)
        }
    }

    static func state(_ text: String) throws -> TaskState {
        guard let state = TaskState(rawValue: text) else {
            let known = TaskState.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("expected one of \(known)")
        }
        return state
    }
}

/// `sgs campaign graph`
struct CampaignGraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Print a campaign's graph: as text, as GraphML, or for Graphviz.",
        discussion: """
              sgs campaign graph daily
              sgs campaign graph daily --graphml > daily.graphml
              sgs campaign graph daily --dot | dot -Tsvg > daily.svg
            """)

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    @Flag(help: "As GraphML, which networkx, Gephi and yEd read.")
    var graphml = false

    @Flag(help: "For Graphviz.")
    var dot = false

    func validate() throws {
        if graphml && dot { throw ValidationError("--graphml and --dot exclude each other") }
    }

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let found = try await store.campaign(ID(campaign), survey: survey)
            let text = CampaignText(campaign: found)
            let lines =
                graphml ? [found.campaign.graphML] : dot ? [text.dot] : text.edges
            options.answer.show(found.graphJSON, lines)
        }
    }
}

/// `sgs campaign jobs`
struct CampaignJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "List a task's jobs, which are orders, by SDC in the order in which they run.",
        discussion: "  sgs campaign jobs daily/tile --state error")

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The task: CAMPAIGN/TASK.", transform: TaskKey.argument)
    var task: TaskKey

    @Option(help: "Only those in this state.", transform: OrdersList.state)
    var state: OrderState?

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.database.open()
            let survey = try await OwnershipStore(connection).survey(
                named: options.survey.map { ID($0) })
            let store = CampaignStore(connection)
            guard
                let found = try await store.campaign(
                    task.campaign, survey: survey, clock: options.clock)[task.task]
            else {
                throw CommandError(
                    .unknownItem, "campaign \(task.campaign) has no task \(task.task)")
            }
            var filter = OrderFilter()
            filter.survey = survey
            filter.states = state.map { [$0] } ?? []
            filter.task = (task.campaign.text, found.id.text)
            let orders = try await OrderStore(connection).list(filter)
            options.answer.show(OrderAnswer.json(orders), OrderAnswer.table(orders).lines)
        }
    }
}

/// `sgs campaign events`
struct CampaignEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "What happened to a campaign, newest first: which rule or command, who and why.",
        discussion: "  sgs campaign events daily --limit 20")

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    @Option(help: "How many at most.")
    var limit = 100

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let events = try await store.events(of: ID(campaign), survey: survey, limit: limit)
            options.answer.show(
                .list(events.map { $0.json }), CampaignText.table(events).lines)
        }
    }
}

/// `sgs campaign why`
struct CampaignWhy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why a task is where it is, and what takes it further.",
        discussion: "  sgs campaign why daily/tile")

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The task: CAMPAIGN/TASK.", transform: TaskKey.argument)
    var task: TaskKey

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            guard
                let found = try await store.campaign(
                    task.campaign, survey: survey, clock: options.clock)[task.task]
            else {
                throw CommandError(
                    .unknownItem, "campaign \(task.campaign) has no task \(task.task)")
            }
            let places = try await store.places(
                of: task.task, of: task.campaign, survey: survey, clock: options.clock)
            let errors = try await store.errors(
                of: task.campaign, task: task.task, survey: survey, limit: 3)
            let why = TaskWhy(task: found, places: places, errors: errors)
            options.answer.show(why.json, why.lines)
        }
    }
}

extension TaskKey {
    /// From `CAMPAIGN/TASK`.
    static func argument(_ text: String) throws -> TaskKey {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw ValidationError("\(text): expected CAMPAIGN/TASK, such as daily/tile")
        }
        return TaskKey(ID(String(parts[0])), ID(String(parts[1])))
    }
}
