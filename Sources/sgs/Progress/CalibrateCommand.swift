import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs calibrate`: what measurements say about the SDCs' efficiencies and the items' work.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Propose efficiencies and work from what processing took; changes nothing.",
        discussion: """
            Every completed order tells the core-hours that its successful steps had.  They depend \
            on the item's kind and on the SDC: least squares on their logarithms finds both.  Only \
            how SDCs compare can be measured, so their mean efficiency stays as it is in the case, \
            or less where one would be above 1, and what remains is the items' work.  An interval holds the truth with 95 %; what the \
            case has is left alone where it lies within.

            --output writes the changes as a scenario, which sgs whatif plans.

              sgs calibrate surveys/euclid-2027q1
              sgs calibrate surveys/euclid-2027q1 --output measured.yaml
              sgs whatif surveys/euclid-2027q1 --plan published --with measured.yaml
            """)

    @Argument(help: "The planning case: a folder or its plan.yaml.")
    var planningCase: String

    @Option(
        help: ArgumentHelp("Only orders that ended from then on.", valueName: "date"),
        transform: MJD.argument)
    var from: MJD?

    @Option(
        help: ArgumentHelp("Only orders that ended before.", valueName: "date"),
        transform: MJD.argument)
    var until: MJD?

    @Option(help: ArgumentHelp("Write the changes as a scenario.", valueName: "file"))
    var output: String?

    @OptionGroup var options: DatabaseOptions

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        if let from, let until, until <= from {
            throw ValidationError("--until must be after --from")
        }
    }

    func run() async throws {
        let asked = try readCase(planningCase)
        let span: TimeWindow? =
            from == nil && until == nil
            ? nil : TimeWindow(start: from ?? MJD(0), end: until ?? MJD(1_000_000))
        let calibration = try await reportingErrors {
            let connection = try await options.open()
            let measures = try await MeasureStore(connection).items(
                survey: asked.survey.id, ended: span)
            return Calibration(measures, sdcs: asked.sdcs, processing: asked.processing)
        }
        let text = CalibrationText(calibration: calibration, planningCase: planningCase)
        if let output {
            do {
                try Data(text.scenario.utf8).write(
                    to: URL(fileURLWithPath: output), options: .atomic)
            } catch {
                throw CommandError(.cannotWrite, "\(output): \(error.localizedDescription)")
            }
        }
        answer.show(calibration.json, text.lines(writtenTo: output))
    }
}
