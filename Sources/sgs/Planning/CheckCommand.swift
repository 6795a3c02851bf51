import ArgumentParser
import Commands
import GroundSegment
import Reporting

/// `sgs check CASE`: reads and checks all files of a planning case.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a planning case, report all faults of its files, or summarise it.",
        discussion: """
            Reads plan.yaml, the survey, the SDC files and their calendars.  With faults, all of \
            them are listed on standard error, one a line with file, line, field, what was found \
            and what was expected, and the exit status is 65.  Nothing is written.

              sgs check surveys/euclid-2027q1
              sgs check surveys/euclid-2027q1/plan.yaml --json
            """)

    @Argument(help: "A folder with a plan.yaml, or the planning request itself.")
    var planningCase: String

    @Option(help: "A survey file to read in place of the request's, relative to its folder.")
    var survey: String?

    @OptionGroup var answer: AnswerOptions

    func run() throws {
        let planningCase = try readCase(planningCase, survey: survey)
        let remarks = remarks(planningCase) + planningCase.survey.remarks
        for remark in remarks { answer.remark("remark: \(remark)") }
        answer.show(planningCase.json(remarks: remarks), [CaseSummary(planningCase).text])
    }

    /// What is no fault and may be a slip all the same.
    private func remarks(_ planningCase: PlanningCase) -> [String] {
        let known = Set(planningCase.survey.observations.map(\.id))
        let pins = planningCase.rules.pins.compactMap { pin -> String? in
            guard case .observation(let id) = pin.item, !known.contains(id) else { return nil }
            return "observation \(id) is pinned to \(pin.sdc) and not in the survey"
        }
        let published =
            planningCase.reserved == .published
            ? ["reserved: published: what other surveys use is read when the case is planned"] : []
        return pins + planningCase.remarksOnKinds + planningCase.remarksOnReservations + published
    }
}
