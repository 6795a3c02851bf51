import ArgumentParser
import GroundSegment
import Ingestion

/// `sgs check CASE`: reads and checks all files of a planning case.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a planning case, report all faults of its files, or summarise it.",
        discussion: """
            Reads plan.yaml, the survey, the SDC files and their calendars.  With faults, all of \
            them are listed on standard error, one a line with file, line, field, what was found \
            and what was expected, and the exit status is 65.  Nothing is written.
            """)

    @Argument(help: "A folder with a plan.yaml, or the planning request itself.")
    var planningCase: String

    @Option(help: "A survey file to read in place of the request's, relative to its folder.")
    var survey: String?

    func run() throws {
        let planningCase: PlanningCase
        do {
            planningCase = try CaseReader.read(self.planningCase, surveyOverride: survey)
        } catch {
            let count = error.diagnostics.count
            let total = "\(count) fault\(count == 1 ? "" : "s") in \(self.planningCase)"
            throw CommandFailure(.badInput, lines: error.diagnostics.map(\.description) + [total])
        }
        print(CaseSummary(planningCase).text)
    }
}
