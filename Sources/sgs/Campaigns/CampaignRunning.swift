import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Documents
import Foundation
import GroundSegment

/// `sgs campaign approve`
struct CampaignApprove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Let a campaign's tasks begin, and make orders of the jobs that can run.",
        discussion: """
            Its items are looked up in the published distribution, and each job runs at its item's \
            primary SDC; at the secondary where the primary is lost, has none of the inputs, or is \
            late and less speaks for it (`sgs campaign why` tells the terms).  The other jobs \
            follow with the sweeps, as their inputs come.

              sgs campaign approve dr1 --reason "agreed on Monday" --dry-run
            """)

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    @Option(help: "Why; kept in the catalogue.")
    var reason: String = ""

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    @Flag(help: "Only tell what would be done.")
    var dryRun = false

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let begin = ContinuousClock.now
            let approval = try await store.approve(
                ID(campaign), survey: survey, clock: options.clock, by: author, because: reason,
                isDryRun: dryRun)
            let seconds = (ContinuousClock.now - begin) / .seconds(1)
            options.answer.show(
                approval.json(campaign, isDryRun: dryRun, seconds: seconds),
                approval.lines(isDryRun: dryRun, seconds: seconds))
        }
    }
}

/// `sgs campaign sweep`
struct CampaignSweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Bring all tasks on by the rules, and make orders of jobs whose turn it is.",
        discussion: """
            Nothing is lost without it: the next sweep finds what has happened since.

              sgs campaign sweep --dry-run
              sgs campaign sweep --every 60 --quiet
            """)

    @OptionGroup var options: CampaignOptions

    @Flag(help: "Only tell what would happen.")
    var dryRun = false

    @Flag(help: "Look at all campaigns, those too of which nothing has changed.")
    var everything = false

    @Option(help: "Go on: a sweep every so many seconds, until it is interrupted.")
    var every: Double?

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    func validate() throws {
        if let every, every <= 0 { throw ValidationError("--every must be above 0") }
        if every != nil, dryRun {
            throw ValidationError("--every and --dry-run exclude each other")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let store = CampaignStore(try await options.database.open())
            repeat {
                let result = try await store.sweep(
                    survey: options.survey.map { ID($0) }, clock: options.clock, by: author,
                    isDryRun: dryRun, everything: everything)
                options.answer.show(result.json, result.lines(isDryRun: dryRun))
                if let every { try await Task.sleep(for: .seconds(every)) }
            } while every != nil
        }
    }
}

/// `sgs campaign recover`
struct CampaignRecover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Give all that campaigns have at a lost SDC to others.",
        discussion: """
            Orders that wait there are taken back, and so are those that its silent runner had or \
            that failed there; jobs that wait are not placed there; tasks that had ended with \
            losses are retried.  Items whose owner is lost get another by `sgs failover`, which \
            comes first where there is time.

              sgs campaign recover --sdc SDC-FR --reason fire --dry-run
            """)

    @OptionGroup var options: CampaignOptions

    @Option(help: "The SDC that is lost.")
    var sdc: String

    @Option(help: "Only this campaign's (default: all of the survey).")
    var campaign: String?

    @Option(help: "Why; kept in the catalogue.")
    var reason: String = ""

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    @Flag(help: "Only tell what would be done.")
    var dryRun = false

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let recovery = try await store.recover(
                from: ID(sdc), of: campaign.map { ID($0) }, survey: survey,
                clock: options.clock, by: author, because: reason, isDryRun: dryRun)
            options.answer.show(
                recovery.json(isDryRun: dryRun), recovery.lines(isDryRun: dryRun))
        }
    }
}

/// `sgs campaign cost`
struct CampaignCost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "What a campaign has used so far, what of that was lost, and what is left.",
        discussion: "  sgs campaign cost dr1")

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let costs = try await store.cost(of: ID(campaign), survey: survey)
            let found = try await store.campaign(
                ID(campaign), survey: survey, clock: options.clock)
            let forecast = try await store.forecast(of: found, clock: options.clock)
            let answer = CampaignCostAnswer(
                campaign: campaign, costs: costs, forecast: forecast)
            options.answer.show(answer.json, answer.lines)
        }
    }
}

/// `sgs campaign delays`
struct CampaignDelays: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delays",
        abstract: "What a campaign takes of each SDC, and what daily work that makes late.",
        discussion: """
            The campaign has its share of each day from its approval on, or from now where it is \
            not approved; what is left does the daily work as it is published, in its order.  \
            Plans with `reserved: published` leave the same out.

              sgs campaign delays dr1
            """)

    @OptionGroup var options: CampaignOptions

    @Argument(help: "The campaign's name.")
    var campaign: String

    func run() async throws {
        try await reportingErrors {
            let (store, survey) = try await options.open()
            let impacts = try await store.impact(
                of: ID(campaign), survey: survey, start: options.clock)
            let answer = CampaignDelaysAnswer(campaign: campaign, impacts: impacts)
            options.answer.show(answer.json, answer.lines)
        }
    }
}
