import ArgumentParser
import Catalogue
import Commands
import Documents
import GroundSegment

/// `sgs progress`: plan against actual.
struct ProgressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "progress",
        abstract: "Compare what was planned for each SDC with what was done.",
        discussion: """
            Counts the buckets that have begun by the clock.  Received are observations whose data \
            came; late are orders that completed after the end of the bucket of their release, \
            overdue those that have not completed though it is over.  Core-hours used are those \
            of the steps' cores, failed attempts included, and are compared with the work that \
            was planned; stored are the bytes that the SDC holds for good.

              sgs progress
              sgs progress --sdc SDC-FR --by-bucket --clock 2027-02-01
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @Option(help: "Only this SDC.")
    var sdc: String?

    @Flag(help: "A line for each bucket.")
    var byBucket = false

    @Option(
        help: ArgumentHelp("Until this instant (default: now).", valueName: "date"),
        transform: MJD.argument)
    var clock: MJD?

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        let instant = WallClock(clock).now
        try await reportingErrors {
            let connection = try await options.open()
            let survey = try await OwnershipStore(connection).survey(
                named: survey.map { ID($0) })
            var progress = try await PlanProgress.read(
                connection, survey: survey, clock: instant)
            if let sdc {
                progress = progress.only(ID(sdc))
                guard !progress.lines.isEmpty else {
                    throw CommandError(
                        .unknownItem, "SDC \(sdc) has no part in what is published of \(survey)")
                }
            }
            let text = ProgressText(progress: progress, clock: instant)
            answer.show(
                progress.json(clock: instant),
                text.findings + (byBucket ? text.byBucket : text.bySDC).lines)
        }
    }
}
