import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs approve`: answers for a checked plan.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve a checked plan, which may then be published; by digest, for good.",
        discussion: """
              sgs approve reports/euclid-2027q1 --comment "agreed on 12 June"
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: ArgumentHelp("The plan: \(PlanWord.help)."))
    var plan: String

    @Option(help: "Why it is approved; kept in the catalogue.")
    var comment: String

    @Option(help: "Who approves it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(help: "The survey of a revision; may be left out where the catalogue has only one.")
    var survey: String?

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let finder = PlanFinder(options, for: .change, survey: survey)
            let reference = try await finder.find(plan)
            try await finder.store().approve(
                reference.digest, survey: reference.survey, actor: author, comment: comment)
            answer.show(
                reference.json(state: .approved),
                ["approved   \(reference.plan.distribution.name), digest \(reference.digest)"])
        }
    }
}
