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
            The cause of a change is survey, maintenance, capacity, pin or free. Prints the totals \
            by cause, then by SDC and bucket, then each change. Exit status 2 with --exit-code \
            where there are differences.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, csv, json
    }

    @Argument(
        help: ArgumentHelp(
            "The earlier plan: a run's folder, a plan.json, a published revision, or published,"
                + " the plan in force for the other one's survey and period."))
    var earlier: String

    @Argument(help: "The later plan, likewise.")
    var later: String

    @Flag(help: "End with status 2 where the plans differ.")
    var exitCode = false

    @Option(help: "How to print the differences.")
    var format: Format = .text

    @Option(help: "Survey of published revisions; may be left out where there is only one.")
    var survey: String?

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let before: Plan
        let after: Plan
        if earlier == PlanReference.published {
            let named = later == PlanReference.published ? nil : try await plan(later)
            before = try await planInForce(beside: named)
            after = named ?? before
        } else {
            before = try await plan(earlier)
            after =
                later == PlanReference.published
                ? try await planInForce(beside: before) : try await plan(later)
        }
        guard before.distribution.survey == after.distribution.survey else {
            throw CommandError(
                .badInput,
                "\(later): survey: found \(after.distribution.survey), expected"
                    + " \(before.distribution.survey), the survey of \(earlier)")
        }
        let difference = PlanDifference(from: before, to: after)
        switch format {
        case .text: DifferenceText(difference).lines.forEach { print($0) }
        case .csv, .json:
            let table = PlanTables.changes(difference, as: format == .csv ? .csv : .json)
            FileHandle.standardOutput.write(Data(table))
        }
        if exitCode, !difference.isEmpty { throw CommandError(.differences, lines: []) }
    }

    /// The plan of a file, or of the catalogue where there is no such file and a number is given.
    private func plan(_ name: String) async throws -> Plan {
        guard let revision = PlanReference.revision(name) else { return try readPlan(name).plan }
        return try await reportingErrors {
            let connection = try await database.open()
            let id = try await OwnershipStore(connection).survey(named: survey.map { ID($0) })
            return try await PlanReference.find(
                revision: revision, of: id, in: PlanStore(connection)
            ).plan
        }
    }

    /// The plan in force of the other plan's survey and period; without another, the newest.
    private func planInForce(beside other: Plan?) async throws -> Plan {
        try await reportingErrors {
            let connection = try await database.open()
            let found = other?.distribution
            let named = survey.map { ID<SurveyPlan>($0) } ?? found?.survey
            let id = try await OwnershipStore(connection).survey(named: named)
            return try await PlanReference.inForce(
                of: id, meeting: found?.buckets.period, in: PlanStore(connection)
            ).plan.plan
        }
    }
}
