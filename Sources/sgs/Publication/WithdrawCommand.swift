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
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(
        help: "A run's folder, its plan.json, a published revision, or the digest of a plan.")
    var plan: String

    @Option(help: "Why it is withdrawn; kept in the catalogue.")
    var comment: String

    @Option(help: "Who withdraws it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(help: "The survey of a revision; may be left out where the catalogue has only one.")
    var survey: String?

    @Option(help: "What becomes of its orders that runners have: keep or refuse.")
    var running: RunningArgument = .refuse

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.open(for: .change)
            let store = PlanStore(connection)
            let revision = PlanReference.revision(plan)
            let reference =
                if let revision {
                    try await PlanReference.find(
                        revision: revision,
                        of: try await OwnershipStore(connection).survey(
                            named: survey.map { ID($0) }), in: store)
                } else {
                    try await PlanReference.find(plan, in: store)
                }
            let withdrawal = try await store.withdraw(
                WithdrawalRequest(
                    survey: reference.survey, digest: reference.digest, revision: revision,
                    actor: author, comment: comment, running: running.orders))
            print("withdrawn  \(reference.plan.distribution.name), digest \(reference.digest)")
            guard let revision = withdrawal.revision else { return }
            let reinstated = withdrawal.reinstated.map(String.init).joined(separator: ", ")
            print(
                "ownership  as before revision \(revision), \(withdrawal.assignments) assignments"
                    + (reinstated.isEmpty ? "" : "; revision \(reinstated) counts again"))
            print(
                "orders     \(withdrawal.ordersWithdrawn) withdrawn, "
                    + "\(withdrawal.ordersReissued) issued again")
        }
    }
}
