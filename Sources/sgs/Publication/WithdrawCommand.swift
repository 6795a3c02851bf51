import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs withdraw`: takes a plan back.
struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Withdraw a plan: a proposal, or the newest published one.",
        discussion: """
            Withdrawing a published plan brings back what was known before it, and the orders \
            that it had replaced.  Of a plan that was published several times, only the \
            publication in force is withdrawn.  Exit status 75 where runners have orders of it.

              sgs withdraw 3 --comment "the survey file was a draft"
              sgs withdraw published --comment "SDC-FR is back"
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: ArgumentHelp("The plan: \(PlanWord.help)."))
    var plan: String

    @Option(help: "Why it is withdrawn; kept in the catalogue.")
    var comment: String?

    @Option(help: "Who withdraws it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(help: "The survey of a revision; may be left out where the catalogue has only one.")
    var survey: String?

    @Option(help: "What becomes of its orders that runners have: keep or refuse.")
    var running: RunningArgument = .refuse

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let finder = PlanFinder(options, for: .change, survey: survey)
            let reference = try await finder.find(plan)
            guard let comment else {
                throw CommandError(
                    .usage, "--comment is missing, expected why \(plan) is withdrawn")
            }
            let withdrawal = try await finder.store().withdraw(
                WithdrawalRequest(
                    survey: reference.survey, digest: reference.digest,
                    revision: revision(reference),
                    actor: author, comment: comment, running: running.orders))
            answer.show(
                reference.json(state: .withdrawn).with(withdrawal.members),
                ["withdrawn  \(reference.plan.distribution.name), digest \(reference.digest)"]
                    + Self.lines(withdrawal))
        }
    }

    /// The publication that is meant, where the word names one; a digest means any of its plan.
    private func revision(_ reference: PlanReference) -> Int? {
        switch PlanWord(plan) {
        case .revision, .published: reference.revision
        case .path, .digest, .other: nil
        }
    }

    private static func lines(_ withdrawal: Withdrawal) -> [String] {
        guard let revision = withdrawal.revision else { return [] }
        let reinstated = withdrawal.reinstated.map(String.init).joined(separator: ", ")
        return [
            "ownership  as before revision \(revision), \(withdrawal.assignments) assignments"
                + (reinstated.isEmpty ? "" : "; revision \(reinstated) counts again"),
            "orders     \(withdrawal.ordersWithdrawn) withdrawn, "
                + "\(withdrawal.ordersReissued) issued again",
        ]
    }
}
