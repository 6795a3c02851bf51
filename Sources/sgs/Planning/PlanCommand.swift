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
            keeps the best plan found so far (exit 130), twice stops.  A folder whose plan was \
            approved or published keeps it: another plan goes to a new folder beside it, which \
            is printed.

            With --base published, observations whose data never came (sgs arrivals) are left out, \
            and with --freeze-before what was to be done in buckets before it and is not done is \
            taken from the capacity of the next ones.

            --max-moves and --require-tolerances end with status 4, after the files were written, \
            where the plan is not as asked.

              sgs plan surveys/euclid-2027q1
              sgs plan surveys/euclid-2027q1 --survey survey-r1.xml \\
                  --base published --output reports/r1
              sgs plan surveys/euclid-2027q1 --base published \\
                  --max-moves 200 --require-tolerances
              sgs plan surveys/euclid-2027q1 --base published --effort quick --frontier
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

    @Option(help: "End with status 4 where more items of the base than this get other SDCs.")
    var maxMoves: Int?

    @Flag(help: "End with status 4 where a measure is outside its tolerance.")
    var requireTolerances = false

    @Flag(
        name: .customLong("frontier"),
        help: ArgumentHelp(
            "Also plan the revision at other weights of stability and tolerances: frontier.html."))
    var showsFrontier = false

    @Option(
        help: "TB for every assignment changed without a cause (default: the case's, 0.01).")
    var stability: Double?

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

    @OptionGroup
    var answer: AnswerOptions

    func validate() throws {
        if let steps, steps < 1 { throw ValidationError("--steps must be at least 1, is \(steps)") }
        if let timeLimit, !(timeLimit > 0 && timeLimit <= 31_622_400) {
            throw ValidationError(
                "--time-limit must be above 0 seconds and at most a year, is \(timeLimit)")
        }
        if let stability, !(stability >= 0 && stability <= 1e6) {
            throw ValidationError(
                "--stability must be 0 to 1000000 TB, is \(stability)")
        }
        if let maxMoves, maxMoves < 0 {
            throw ValidationError("--max-moves must be at least 0, is \(maxMoves)")
        }
        guard 1...2 ~= threads else {
            throw ValidationError("--threads must be 1 or 2, is \(threads)")
        }
    }

    func run() async throws {
        let begin = ContinuousClock.now
        let started = WallClock.system.now
        let name = RunRecord.name()
        let console = answer.console(run: name)
        var timings = StageTimings()
        let read = try timings.measure("read") { try readCase(planningCase, survey: survey) }
        let request = try await ReservationReader(database: database).reserving(read)
        let place = try await RunPlace(
            path: output ?? "reports/\(request.name)", database: database)
        let named = request.with(options: options(over: request.options))
            .with(rules: revision.rules(over: request.rules))
            .with(stability: stability ?? request.weights.stability)
        let found = try await PrecedentReader(
            planningCase: named, folder: CaseReader.folder(of: planningCase), database: database
        ).read()
        if showsFrontier, found.precedent.base == nil {
            throw CommandError(
                .badInput, "--frontier: found no base, expected a plan to revise: --base names it")
        }
        let present = named.with(inputs: found.inputs).leavingOut(found.lost)
        let asked = found.backlog?.taken(from: present) ?? present
        for remark in asked.remarksOnKinds + asked.remarksOnReservations {
            console.stage("remark     \(remark)")
        }
        for remark in found.remarks { console.stage("remark     \(remark)") }
        if let remark = place.remark { console.stage("remark     \(remark)") }
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
        let record = RunRecord(
            run: name, started: started, ended: WallClock.system.now, timings: timings,
            inputs: asked.inputs, progress: progress)
        let run = PlanRun(
            plan: plan, inputs: asked.inputs, base: found.reported, record: record)
        let digest = PlanDocument.encode(plan).digest
        let folder = try place.folder(for: digest)
        var files = try writing {
            () throws(RunFolderError) in
            try run.write(to: folder, overlaps: overlaps, formats: formats)
        }
        let choices = try frontier(
            of: problem, precedent: found.precedent, known: plan, solver: solver, console: console)
        if let choices {
            let page = FrontierPage(frontier: choices, name: plan.distribution.name).html()
            try writing {
                () throws(RunFolderError) in
                try RunFolder(path: folder).write([("frontier.html", Data(page.utf8))])
            }
            files.append("frontier.html")
        }
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        answer.show(
            [
                "run": .text(name), "folder": .text(folder), "files": .list(files.sorted()),
                "status": .text(RunRecord.status(plan)), "seconds": .real(seconds),
                "plan": plan.json(digest: digest), "frontier": choices?.json ?? .null,
            ],
            PlanSummary(plan).lines + plan.tableBySDC.lines + (choices?.lines ?? [])
                + [
                    String(
                        format: "seconds    %.1f, %.1f of them searching", seconds,
                        record.seconds("search")),
                    "written    \(folder)",
                ])
        try judge(plan, base: found.precedent.base)
    }

    /// Ends the command where the plan is not what was asked for.
    private func judge(_ plan: Plan, base: Precedent.Base?) throws {
        switch plan.search.stop {
        case .steps, .gap: break
        case .time:
            throw CommandError(.limitReached, "the time limit came before the effort's end")
        case .interrupted: throw CommandError(.interrupted, "interrupted; the best plan was kept")
        }
        if requireTolerances { try plan.refuseOutside("the plan is written all the same") }
        guard let maxMoves else { return }
        // Without a base nothing has been anywhere else.
        let moves = base?.moves(to: plan) ?? 0
        guard moves <= maxMoves else {
            throw CommandError(
                .limitReached,
                "\(moves) items of the base get other SDCs, at most \(maxMoves) were asked for; the"
                    + " plan is written all the same, and --frontier shows what fewer would cost")
        }
    }

    private func writing<Value>(_ work: () throws(RunFolderError) -> Value) throws -> Value {
        do throws(RunFolderError) { return try work() } catch {
            throw CommandError(.cannotWrite, error.description)
        }
    }

    /// The revision at other weights and tolerances, where that was asked for.
    private func frontier(
        of problem: Problem, precedent: Precedent, known: Plan, solver: some Solver,
        console: Console
    ) throws -> Frontier? {
        guard showsFrontier, let base = precedent.base else { return nil }
        // The plan is written: an interrupt takes nothing away any more.
        signal(SIGINT, SIG_DFL)
        do throws(PlanningError) {
            let frontier = try Frontier(
                problem.planningCase, precedent: precedent, base: base, overlaps: problem.overlaps,
                known: known, solver: solver
            ) { number, count in console.progress("frontier   \(number) of \(count)") }
            console.stage("frontier   \(frontier.points.count) plans")
            return frontier
        } catch {
            throw failure(error, of: problem, solver: solver, answer)
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
                    let line = SearchLine(progress, after: searched)
                    console.progress(line.text, line.parts)
                }
                return nil
            }
            console.stage(
                String(format: "search     %.1f s, ", (ContinuousClock.now - start) / .seconds(1))
                    + plan.search.stop.rawValue)
            if timings.stages.contains(where: { $0.name == "integer program" }) {
                console.stage(
                    "integer    the search broke a hard rule; \(solver.name) found whole items that"
                        + " keep all of them, from which the plan was made")
            }
            return plan
        } catch {
            throw failure(error, of: problem, solver: solver, answer)
        }
    }
}
