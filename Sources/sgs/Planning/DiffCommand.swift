import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import Planning
import Reporting

/// `sgs diff`: what distinguishes two distributions, and why.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Explain every change from one distribution to another by its cause.",
        discussion: """
            The cause of a change is survey, maintenance, capacity, pin, free or, where an SDC \
            was lost, failover. Prints the totals by cause, then by SDC and bucket, then each \
            change. Exit status 2 with --exit-code where there are differences.

              sgs diff published reports/euclid-2027q1
              sgs diff 1 published --exit-code --quiet
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, csv, json
    }

    @Argument(help: ArgumentHelp("The earlier plan: \(PlanWord.help)."))
    var earlier: String

    @Argument(help: "The later plan, likewise.")
    var later: String

    @Flag(help: "End with status 2 where the plans differ.")
    var exitCode = false

    @Option(help: "How to print the differences: text, or the table of changes as csv or json.")
    var format: Format = .text

    @Option(help: "Survey of published revisions; may be left out where there is only one.")
    var survey: String?

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard !answer.json || format == .text else {
            throw ValidationError("--json and --format exclude each other")
        }
    }

    func run() async throws {
        let (before, after) = try await reportingErrors { try await plans() }
        guard before.survey == after.survey else {
            throw CommandError(
                .badInput,
                "\(later): survey: found \(after.survey), expected"
                    + " \(before.survey), the survey of \(earlier)")
        }
        let difference = PlanDifference(from: before.plan, to: after.plan)
        switch format {
        case .text:
            answer.show(
                difference.json.with([
                    "from": .text(before.digest), "to": .text(after.digest),
                ]), DifferenceText(difference).lines)
        case .csv, .json:
            if !answer.quiet {
                let table = PlanTables.changes(difference, as: format == .csv ? .csv : .json)
                FileHandle.standardOutput.write(Data(table))
            }
        }
        if exitCode, !difference.isEmpty { throw CommandError(.differences, lines: []) }
    }

    /// Both plans; the plan in force is the one for the other's survey and period, without
    /// another the newest.
    private func plans() async throws -> (before: PlanReference, after: PlanReference) {
        let finder = PlanFinder(database, survey: survey)
        guard PlanWord(earlier) == .published else {
            let before = try await finder.find(earlier)
            return (before, try await finder.find(later, beside: before))
        }
        guard PlanWord(later) != .published else {
            let both = try await finder.find(earlier)
            return (both, both)
        }
        let after = try await finder.find(later)
        return (try await finder.find(earlier, beside: after), after)
    }
}

extension PlanFinder {
    /// The plan that `word` names; the plan in force for the survey and period of another.
    fileprivate func find(_ word: String, beside other: PlanReference) async throws -> PlanReference
    {
        try await find(
            word, of: other.survey,
            meeting: PlanWord(word) == .published ? other.plan.distribution.buckets.period : nil)
    }
}
