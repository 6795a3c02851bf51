import ArgumentParser
import Catalogue
import Commands
import Foundation
import Planning

/// `sgs publish`: makes a planned distribution the one that counts.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a plan: its assignments and processing orders, in one transaction.",
        discussion: """
            Takes exactly the plan that was approved, on the base that it was made from; --approve \
            checks and approves it in the same step, for a catalogue of one's own.  A plan in force \
            changes nothing.  One that was superseded or withdrawn is published only with --again: \
            it becomes a new revision, checked anew.  Exit status 5 where the base moved meanwhile, \
            or where what runners have done would move by a plan published again, 75 where the \
            survey is being published by someone else or runners have orders of items that would \
            move.

            --if-changed makes no revision where every item has its SDCs already, whatever else \
            differs, says so and ends with 0.  --require-tolerances ends with 4, and publishes \
            nothing, where a measure is outside its tolerance.

              sgs publish reports/r1 --comment "survey r1" --dry-run
              sgs publish reports/r1 --comment "survey r1" --approve --if-changed
              sgs publish 3 --comment "back to the plan of June" --again
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: ArgumentHelp("The plan: \(PlanWord.help)."))
    var plan: String

    @Option(help: "Why it is published; kept in the catalogue, not needed with --dry-run.")
    var comment: String?

    @Option(help: "Who publishes it (default: the user of this session).")
    var author: String = NSUserName()

    @Flag(help: "Check, approve and publish in one step.")
    var approve = false

    @Flag(help: "Also where it was superseded or withdrawn: as a new revision.")
    var again = false

    @Option(
        help: ArgumentHelp(
            "What it was made from: published (the newest one), none, or a plan by its folder,"
                + " revision or digest (default: what the plan says, or else published).",
            valueName: "plan"))
    var base: BaseArgument?

    @Option(help: "What becomes of items that move while a runner has their order: keep or refuse.")
    var running: RunningArgument = .refuse

    @Flag(help: "Make no revision where every item has its SDCs already.")
    var ifChanged = false

    @Flag(help: "Publish nothing that is outside a tolerance; exit status 4.")
    var requireTolerances = false

    @Flag(help: "List what would change by SDC and bucket, and change nothing.")
    var dryRun = false

    @Flag(help: "With --dry-run list each item that would change, too.")
    var items = false

    @Option(help: "Release of the pipelines' software that the orders ask for.")
    var release: String = "1.0"

    @Option(help: "Priority of the orders; larger runs first.")
    var priority: Int = 0

    @Option(help: "The survey of a revision; may be left out where the catalogue has only one.")
    var survey: String?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard dryRun || !items else { throw ValidationError("--items is for --dry-run") }
        guard comment?.contains(where: { !$0.isWhitespace }) ?? true else {
            throw ValidationError("--comment: found an empty one, expected why it is published")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let finder = PlanFinder(options, for: .change, survey: survey)
            let reference = try await finder.find(plan)
            // Only then: what is wrong with the plan is said first.
            guard let comment = comment ?? (dryRun ? "dry run" : nil) else {
                throw CommandError(
                    .usage, "--comment is missing, expected why \(plan) is published")
            }
            let store = try await finder.store()
            try await ReservationReader.refuseOutdated(reference.plan, store: store)
            if approve || again { try refuseViolations(of: reference) }
            if requireTolerances { try reference.plan.refuseOutside("nothing was published") }
            let request = PublicationRequest(
                digest: reference.digest,
                planJSON: String(decoding: reference.bytes, as: UTF8.self),
                author: author, comment: comment, softwareRelease: release, priority: priority,
                approval: approve ? .given : .required,
                base: try await BaseArgument.resolve(base, of: reference, with: finder),
                running: running.orders, failoverOf: reference.record?.failoverOf, again: again,
                onlyIfChanged: ifChanged)
            let distribution = reference.plan.distribution
            if dryRun {
                let (result, changes) = try await store.preview(distribution, request)
                let publication = PublicationAnswer(
                    reference, result, preview: changes, listsItems: items)
                answer.show(publication.json, publication.lines)
            } else {
                let result = try await store.publish(distribution, request)
                let publication = PublicationAnswer(reference, result)
                answer.show(publication.json, publication.lines)
            }
        }
    }

    private func refuseViolations(of reference: PlanReference) throws {
        let violations = reference.plan.violations
        guard violations.isEmpty else {
            throw CommandError(
                .infeasible,
                lines: violations + [
                    "the plan \(reference.digest.prefix(12)) is not published: it breaks "
                        + "\(violations.count) hard rules"
                ])
        }
    }
}
