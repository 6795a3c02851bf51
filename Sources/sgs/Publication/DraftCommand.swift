import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import Planning

/// `sgs draft`: proposes a plan to the catalogue and checks it there.
struct DraftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft",
        abstract: "Propose a plan: store it in the catalogue and recount its hard rules.",
        discussion: """
            A plan that keeps them is checked and can be approved; exit status 3 where it breaks \
            one, each is named and the plan stays a draft.  Exit status 5 where the base is not \
            the newest published distribution.  A plan that was superseded or withdrawn is \
            proposed only with --again.

              sgs draft reports/euclid-2027q1 --again
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: ArgumentHelp("The plan: \(PlanWord.help)."))
    var plan: String

    @Flag(help: "Also where it was superseded or withdrawn.")
    var again = false

    @Option(
        help: ArgumentHelp(
            "What it was made from: published (the newest one), none, or a plan by its folder,"
                + " revision or digest (default: what the plan says, or else published).",
            valueName: "plan"))
    var base: BaseArgument?

    @Option(help: "What it is about; kept in the catalogue.")
    var comment: String?

    @Option(help: "Who proposes it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(help: "The survey of a revision; may be left out where the catalogue has only one.")
    var survey: String?

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let finder = PlanFinder(options, for: .change, survey: survey)
            let reference = try await finder.find(plan)
            let store = try await finder.store()
            try await ReservationReader.refuseOutdated(reference.plan, store: store)
            let state = try await store.store(
                Draft(
                    distribution: reference.plan.distribution, digest: reference.digest,
                    planJSON: String(decoding: reference.bytes, as: UTF8.self), actor: author,
                    comment: comment,
                    base: try await BaseArgument.resolve(base, of: reference, with: finder),
                    again: again))
            guard state == .draft else {
                return answer.show(
                    reference.json(state: state),
                    ["unchanged  \(reference.digest.prefix(12)) is \(state.rawValue) already"])
            }
            let violations = reference.plan.violations
            guard violations.isEmpty else {
                throw CommandError(
                    .infeasible,
                    lines: violations + [
                        "the plan \(reference.digest.prefix(12)) stays a draft: it breaks "
                            + "\(violations.count) hard rules"
                    ])
            }
            try await store.recordCheck(
                reference.digest, survey: reference.survey, actor: author)
            answer.show(
                reference.json(state: .checked),
                ["checked    \(reference.plan.distribution.name), digest \(reference.digest)"])
        }
    }
}
