import ArgumentParser
import Commands
import Documents
import Foundation
import GroundSegment
import Ingestion
import Reporting

/// `sgs init`: a case folder from a survey file.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a planning case from a survey file, and say what was guessed.",
        discussion: """
            The format (RSD, CSV, ECSV, SQLite) and the columns are guessed from the file.  The \
            case gets a copy of it and a plan.yaml, and passes sgs check, or is not made at all. \
            What is there already is never overwritten (exit status 73).

              sgs init surveys/mine --start 2027-01-04 --end 2027-04-05 \\
                  --survey surveys/euclid-2027q1/survey-r0.xml
            """)

    @Argument(help: "The case's folder, which must not exist; its last part names the case.")
    var planningCase: String

    @Option(help: "The survey file.")
    var survey: String

    @Option(
        help: ArgumentHelp("First day of the period.", valueName: "date"), transform: MJD.argument)
    var start: MJD

    @Option(
        help: ArgumentHelp("Day after the last one of the period.", valueName: "date"),
        transform: MJD.argument)
    var end: MJD

    @Option(help: "The folder of the SDC files (default: sdcs, where the command is run).")
    var sdcs: String = "sdcs"

    @Option(
        help: ArgumentHelp(
            "Width and height of an observation's field, degrees (default: by the format).",
            valueName: "width,height"))
    var field: String?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard start < end else {
            throw ValidationError("--end: found \(end), expected a date after \(start)")
        }
        if let field, Self.size(field) == nil {
            throw ValidationError(
                "--field: found \(field), expected WIDTH,HEIGHT in degrees, above 0 to 90")
        }
    }

    func run() throws {
        let folder = URL(fileURLWithPath: planningCase).standardizedFileURL
        guard !FileManager.default.fileExists(atPath: folder.path) else {
            throw CommandError(
                .cannotWrite, "\(planningCase): found something there, expected a new folder")
        }
        let centres = URL(fileURLWithPath: sdcs).standardizedFileURL
        let draft = try reportingFaults {
            () throws(IngestionError) in
            try CaseDraft(
                CaseDraft.Request(
                    name: folder.lastPathComponent, survey: survey,
                    period: TimeWindow(start: start, end: end),
                    sdcs: Self.path(from: folder, to: centres), field: field.flatMap(Self.size)))
        }
        for guess in draft.guesses { answer.remark("guessed \(guess)") }
        let made = try make(draft, at: folder)
        answer.show(
            [
                "plan": .text("\(planningCase)/plan.yaml"), "guesses": .list(draft.guesses),
                "case": made.json(remarks: made.survey.remarks),
            ],
            ["made       \(planningCase)/plan.yaml", CaseSummary(made).text])
    }

    /// Makes the case beside its place, checks it, and moves it there as a whole.
    private func make(_ draft: CaseDraft, at folder: URL) throws -> PlanningCase {
        let files = FileManager.default
        let mark = "partial-\(ProcessInfo.processInfo.processIdentifier)"
        let partial = folder.deletingLastPathComponent().appending(
            path: ".\(folder.lastPathComponent).\(mark)")
        defer { try? files.removeItem(at: partial) }
        do {
            try files.createDirectory(at: partial, withIntermediateDirectories: true)
            let file = URL(fileURLWithPath: survey)
            try files.copyItem(
                at: file.resolvingSymlinksInPath(),
                to: partial.appending(path: file.lastPathComponent))
            try Data(draft.plan.utf8).write(to: partial.appending(path: "plan.yaml"))
        } catch {
            throw CommandError(
                .cannotWrite, "\(planningCase): \((error as NSError).localizedDescription)")
        }
        let made = try readCase(partial.path, tellsFolder: false)
        guard rename(partial.path, folder.path) == 0 else {
            throw CommandError(
                .cannotWrite, "\(planningCase): \(String(cString: strerror(errno)))")
        }
        return made
    }

    private static func size(_ text: String) -> (width: Double, height: Double)? {
        let numbers = text.split(separator: ",").map { PlainText.decimal($0) }
        guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
            width > 0, width <= 90, height > 0, height <= 90
        else { return nil }
        return (width, height)
    }

    /// The way from one folder to another, by names.
    private static func path(from folder: URL, to target: URL) -> String {
        let here = folder.pathComponents
        let there = target.pathComponents
        let common = zip(here, there).prefix { $0 == $1 }.count
        let up = [String](repeating: "..", count: here.count - common)
        let way = (up + there[common...]).joined(separator: "/")
        return way.isEmpty ? "." : way
    }
}

/// Runs `work` and ends the command with all faults that it throws.
func reportingFaults<Value>(_ work: () throws(IngestionError) -> Value) throws -> Value {
    do throws(IngestionError) { return try work() } catch {
        throw CommandError(
            .badInput, lines: error.diagnostics.map(\.description) + ["nothing was written"])
    }
}
