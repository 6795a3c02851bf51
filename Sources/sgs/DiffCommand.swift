import ArgumentParser
import Catalogue
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

    @Argument(help: "The earlier plan: a run's folder, a plan.json or a published revision.")
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
        let before = try await plan(earlier)
        let after = try await plan(later)
        guard before.distribution.survey == after.distribution.survey else {
            throw CommandFailure(
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
        if exitCode, !difference.isEmpty { throw CommandFailure(.differences, lines: []) }
    }

    /// The plan of a file, or of the catalogue where there is no such file and a number is given.
    private func plan(_ name: String) async throws -> Plan {
        guard !FileManager.default.fileExists(atPath: name), let revision = Int(name) else {
            return try readPlan(name).plan
        }
        let text = try await reportingFailures {
            let connection = try await database.open()
            let id = try await OwnershipStore(connection).survey(named: survey.map { ID($0) })
            return try await PlanStore(connection).planJSON(of: id, revision: revision)
        }
        do throws(PlanDocumentError) {
            return try PlanDocument.decode(Data(text.utf8)).plan
        } catch {
            throw CommandFailure(.badInput, lines: error.lines(file: "revision \(revision)"))
        }
    }
}
