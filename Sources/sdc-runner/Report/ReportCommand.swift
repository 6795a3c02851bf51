import ArgumentParser
import Commands
import Execution
import GroundSegment

/// `sdc-runner report`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report on runs, in the columns of Rubin's bps report.",
        discussion: """
            Without --detailed, --exit-codes or --errors a line for each run. X marks what \
            executes and needs a look: H payloads are held, D some were stopped, F some failed.

              sdc-runner report --hist 7 --user anna
              sdc-runner report --id 17 --detailed
              sdc-runner report --id 17 --exit-codes
              sdc-runner report --errors
            """)

    @Option(help: "Only the run of this identifier or number.")
    var id: String?

    @Flag(help: "Payloads by label and state, TOTAL first.")
    var detailed = false

    @Flag(help: "Exit codes by label, payloads' own and the infrastructure's.")
    var exitCodes = false

    @Flag(help: "Every payload that failed, with its last words.")
    var errors = false

    @OptionGroup var filter: FilterOptions
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if [detailed, exitCodes, errors].count(where: { $0 }) > 1 {
            throw ValidationError("--detailed, --exit-codes and --errors exclude each other")
        }
    }

    private struct Detailed: Encodable { let runs: [DetailedReport] }
    private struct ExitCodes: Encodable { let runs: [ExitCodeReport] }

    func run() async throws {
        try await store.reporting {
            var chosen = filter.filter
            chosen.name = id
            let runs = try await store.runs(chosen, isWhole: exitCodes || errors)
            if let id, runs.isEmpty {
                throw CommandError(.unknownItem, "there is no run \(id) among those asked for")
            }
            if detailed {
                let reports = runs.map(DetailedReport.init)
                try store.show(
                    Detailed(runs: reports), reports.map(\.text).joined(separator: "\n\n"))
            } else if exitCodes {
                let reports = runs.map(ExitCodeReport.init)
                try store.show(
                    ExitCodes(runs: reports), reports.map(\.text).joined(separator: "\n\n"))
            } else if errors {
                let report = ErrorReport(runs, store.configuration)
                try store.show(report, report.text)
            } else {
                let report = SummaryReport(runs)
                try store.show(report, report.text)
            }
        }
    }
}
