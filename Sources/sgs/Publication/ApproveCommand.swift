import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs approve`: answers for a checked plan.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve a checked plan, which may then be published; by digest, for good.")

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "A run's folder, its plan.json, or the digest of a plan of the catalogue.")
    var plan: String

    @Option(help: "Why it is approved; kept in the catalogue.")
    var comment: String

    @Option(help: "Who approves it (default: the user of this session).")
    var author: String = NSUserName()

    func run() async throws {
        try await reportingErrors {
            let store = PlanStore(try await options.open(for: .change))
            let reference = try await PlanReference.find(plan, in: store)
            try await store.approve(
                reference.digest, survey: reference.survey, actor: author, comment: comment)
            print("approved   \(reference.plan.distribution.name), digest \(reference.digest)")
        }
    }
}
