public import ArgumentParser
import Commands
import Foundation
public import GroundSegment
import Ingestion
import LinearProgramming
import Planning
import Reporting
public import Tables

extension Effort: ExpressibleByArgument {}
extension TableFormat: ExpressibleByArgument {}

/// `sgs plan`: reads a case, plans it and writes the run's folder.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plan a case: write assignments, plan.json and the report.",
        discussion: """
            Writes assignments.csv, plan.json, run.json, report.html and, for each SDC, a coverage \
            map of what it owns (coverage-SDC.fits and .json, MOC 2.0), all or none. Ctrl-C once \
            keeps the best plan found so far (exit 130), twice stops.
            """)

    @Argument(help: "The planning case: a folder or its plan.yaml.")
    var planningCase: String

    @Option(help: "Folder for the results (default: reports/NAME).")
    var output: String?

    @Option(help: "A survey file in place of the one that the case names, relative to the case.")
    var survey: String?

    @Option(
        name: .customLong("format"),
        help: "Also write the tables in this format: ecsv, votable or json; may be repeated.")
    var formats: [TableFormat] = []

    @Flag(help: "Also write the overlaps, as overlaps.csv and in the formats asked for.")
    var overlaps = false

    @Option(help: "How hard to try: quick, normal or thorough (default: the case's, normal).")
    var effort: Effort?

    @Option(help: "Stop the search once this many steps are done.")
    var steps: Int?

    @Option(help: "Seconds for the whole command; the search stops in time, with the best plan.")
    var timeLimit: Double?

    @Option(help: "Threads of the search, 1 or 2 (default: 2); the result does not depend on them.")
    var threads = 2

    @Option(help: "Seed of the search (default: the case's, 1).")
    var seed: UInt64?

    @OptionGroup
    var revision: RevisionOptions

    @OptionGroup
    var database: DatabaseOptions

    @OptionGroup
    var linearPrograms: LinearProgramOptions

    func validate() throws {
        if let steps, steps < 1 { throw ValidationError("--steps must be at least 1, is \(steps)") }
        if let timeLimit, !(timeLimit > 0 && timeLimit <= 31_622_400) {
            throw ValidationError(
                "--time-limit must be above 0 seconds and at most a year, is \(timeLimit)")
        }
        guard 1...2 ~= threads else {
            throw ValidationError("--threads must be 1 or 2, is \(threads)")
        }
    }

    func run() async throws {
        let begin = ContinuousClock.now
        let console = Console()
        var timings = StageTimings()
        let request = try timings.measure("read") { try readCase(planningCase, survey: survey) }
        let named = request.with(options: options(over: request.options))
            .with(rules: revision.rules(over: request.rules))
        let found = try await PrecedentReader(
            planningCase: named, folder: CaseReader.folder(of: planningCase), database: database
        ).read()
        let asked = named.with(inputs: found.inputs)
        for remark in found.remarks { console.stage("remark     \(remark)") }
        console.stage(
            "read       \(asked.survey.observations(in: asked.period).count) observations,"
                + " \(asked.sdcs.count) SDCs, \(asked.inputs.count) files")
        let problem = timings.measure("overlaps") {
            Problem(asked, precedent: found.precedent)
        }
        console.stage(
            "overlaps   \(problem.overlaps.links.count) of \(problem.tiles.count) tiles")
        try linearPrograms.writeModel(of: problem)
        let solver = try linearPrograms.solver(for: problem)
        var progress: [Report.SearchSample] = []
        let plan = try search(
            problem, with: solver, begun: begin, timings: &timings, console: console,
            progress: &progress)
        let folder = output ?? "reports/\(asked.name)"
        let run = PlanRun(
            plan: plan, inputs: asked.inputs, base: found.reported, timings: timings,
            progress: progress)
        do throws(RunFolderError) {
            try run.write(to: folder, overlaps: overlaps, formats: formats)
        } catch {
            throw CommandError(.cannotWrite, error.description)
        }
        for line in PlanSummary(plan).lines { print(line) }
        print("written    \(folder)")
        switch plan.search.stop {
        case .steps, .gap: break
        case .time:
            throw CommandError(.limitReached, "the time limit came before the effort's end")
        case .interrupted: throw CommandError(.interrupted, "interrupted; the best plan was kept")
        }
    }

    private func options(over given: PlanningOptions) -> PlanningOptions {
        PlanningOptions(
            effort: effort ?? given.effort, seed: seed ?? given.seed, steps: steps ?? given.steps,
            timeLimit: timeLimit ?? given.timeLimit, gapLimit: given.gapLimit)
    }

    private func search(
        _ problem: Problem, with solver: some Solver, begun: ContinuousClock.Instant,
        timings: inout StageTimings, console: Console, progress samples: inout [Report.SearchSample]
    ) throws -> Plan {
        let interrupt = InterruptFlag()
        let start = ContinuousClock.now
        let limit = problem.planningCase.options.timeLimit
        var shown = start
        var found = SearchHistory()
        defer { samples = found.samples }
        do throws(PlanningError) {
            let plan = try Planner(solver: solver, threads: threads).plan(
                problem, timings: &timings
            ) { progress in
                found.note(progress)
                if interrupt.isRaised { return .interrupted }
                let now = ContinuousClock.now
                let searched = (now - start) / .seconds(1)
                // Checking and writing take about as long as reading did.
                let rest = progress.secondsToSettle(after: searched) + (start - begun) / .seconds(1)
                if let limit, (now - begun) / .seconds(1) + rest >= limit { return .time }
                if now - shown > .milliseconds(200) {
                    shown = now
                    console.progress(PlanSummary.line(progress, after: searched))
                }
                return nil
            }
            console.stage("search     \(plan.search.steps) steps, \(plan.search.stop.rawValue)")
            if timings.stages.contains(where: { $0.name == "integer program" }) {
                console.stage(
                    "integer    the search broke a hard rule; \(solver.name) found whole items that"
                        + " keep all of them, from which the plan was made")
            }
            return plan
        } catch {
            throw failure(error, of: problem, solver: solver)
        }
    }
}

/// Reads a case, or ends the command with all its faults.
func readCase(_ path: String, survey: String? = nil) throws -> PlanningCase {
    do throws(IngestionError) {
        return try CaseReader.read(path, surveyOverride: survey)
    } catch {
        let count = error.diagnostics.count
        throw CommandError(
            .badInput,
            lines: error.diagnostics.map(\.description)
                + [
                    count == 1
                        ? "1 fault; nothing was written" : "\(count) faults; nothing was written"
                ])
    }
}
