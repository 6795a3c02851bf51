import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs log`: the distributions of a survey and what happened to them.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show the revisions of a survey, newest first, with author and comment.")

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @Flag(help: "Also proposals and everything that happened to each, with who, when and why.")
    var all = false

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
            for record in records { show(record) }
        }
    }

    private func show(_ record: DistributionRecord) {
        let revision = record.revision.map { "revision \($0)" } ?? "proposal"
        print(
            "\(padded(revision, 12)) \(padded(record.state.rawValue, 10)) "
                + "\(record.digest.prefix(12))  \(record.period.start.date) to "
                + "\(record.period.end.date)  \(record.name)")
        let events = all ? record.events : record.events.filter { $0.name == "publish" }
        for event in events {
            print(
                "    \(padded(event.name, 9)) \(event.instant) by \(event.actor)"
                    + (event.comment.map { ": \($0)" } ?? ""))
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
