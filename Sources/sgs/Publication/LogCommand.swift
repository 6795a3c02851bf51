import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs log`: the distributions of a survey and what happened to them.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show the revisions of a survey, newest first, with author and comment.",
        discussion: """
            Publications, withdrawals and failovers, each with who, when and why.  Below what can \
            be taken back stands the command that does: sgs withdraw of the newest revision that \
            counts, sgs publish --again of one that was withdrawn or superseded.

              sgs log
              sgs log --all --json
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @Flag(help: "Also proposals and everything that happened to each, with who, when and why.")
    var all = false

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.open()
            let survey =
                if let survey { ID<SurveyPlan>(survey) } else {
                    try await OwnershipStore(connection).survey()
                }
            let records = try await PlanStore(connection).log(of: survey)
                .filter { all || $0.revision != nil }
            guard !records.isEmpty else {
                throw CommandError(.unknownItem, "survey \(survey) has nothing published")
            }
            answer.show(
                ["survey": .text(survey.text), "distributions": .list(records.map(\.json))],
                LogText(records, all: all).lines)
        }
    }
}
