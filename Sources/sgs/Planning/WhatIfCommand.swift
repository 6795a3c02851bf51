import ArgumentParser
import Commands
import Documents
import Foundation
import GroundSegment
import Ingestion
import LinearProgramming
import Planning
import Reporting

/// `sgs whatif`: plans a changed case and says what differs.
struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif",
        abstract: "Plan a case with other SDCs, maintenance or rules, and say what would differ.",
        discussion: """
            The case is planned as it is, quickly unless --effort says otherwise, or the plan that \
            --plan names is taken; then it is revised with the changes, so that only what they \
            reach moves.  Nothing is stored.  A scenario file may have set, maintenance, pins and \
            forbid; scenarios that contradict each other or the case are refused (exit status 65).

              sgs whatif surveys/euclid-2027q1 --set SDC-FR.cores=+10% --effort quick
              sgs whatif surveys/euclid-2027q1 --plan published --set SDC-FR.cores=-20%
              sgs whatif surveys/euclid-2027q1 --set processing.tile.work=+10%
            """)

    @Argument(help: "The planning case: a folder or its plan.yaml.")
    var planningCase: String

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "SDC.FIELD=VALUE with cores, efficiency, storage, used, ingress or egress, or"
                + " processing.observation.kinds.KIND.work=VALUE and like paths of plan.yaml; VALUE a"
                + " number or a change, +10% or -100; may be repeated.",
            valueName: "setting"))
    var settings: [String] = []

    @Option(
        name: .customLong("with"),
        help: ArgumentHelp("A scenario file; may be repeated.", valueName: "file"))
    var scenarios: [String] = []

    @Option(
        help: ArgumentHelp(
            "The plan to start from: \(PlanWord.help) for the case's period (default: plan the case"
                + " as it is)."))
    var plan: String?

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var solve: SolveOptions

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard !settings.isEmpty || !scenarios.isEmpty else {
            throw ValidationError("nothing to change: give --set or --with")
        }
    }

    func run() async throws {
        let asked = solve.applied(
            to: try await ReservationReader(database: database).reserving(
                try readCase(planningCase)))
        let changes = try reportingFaults { () throws(IngestionError) in
            try ScenarioReader.read(files: scenarios, settings: settings, for: asked)
        }
        let problem = Problem(asked)
        let start = try await startingPlan(for: asked)
        let now = try start ?? planned(problem, "as it is")
        let changed = Problem(
            asked.applying(changes), overlaps: problem.overlaps, precedent: Precedent(base: now))
        let then = try planned(changed, "changed")
        let texts = changes.map { $0.text(from: asked) }
        let comparison = PlanComparison(from: now, to: then)
        answer.show(
            comparison.json(changes: texts).with(["start": JSONValue(plan)]),
            texts.map { "what if    \($0)" } + ["now        \(origin(of: now))"]
                + comparison.lines + ["nothing was stored"])
    }

    /// What the plan is that the changed one is compared with.
    private func origin(of now: Plan) -> String {
        plan.map { "is the plan \($0)" }
            ?? "is the case planned afresh for this comparison, with effort \(now.search.effort)"
            + " and \(now.search.steps) steps, not the plan in force: that is --plan published"
    }

    private func planned(_ problem: Problem, _ what: String) throws -> Plan {
        answer.remark("planning the case \(what)")
        let solver = GLPKSolver()
        var timings = StageTimings()
        do throws(PlanningError) {
            return try Planner(solver: solver).plan(problem, timings: &timings)
        } catch {
            throw failure(error, of: problem, solver: solver, answer)
        }
    }

    /// The plan that the command line names; `nil` where it names none.
    private func startingPlan(for planningCase: PlanningCase) async throws -> Plan? {
        guard let plan else { return nil }
        return try await reportingErrors {
            let found = try await PlanFinder(database).find(
                plan, of: planningCase.survey.id,
                meeting: PlanWord(plan) == .published ? planningCase.period : nil)
            return try Self.accept(found.plan, found.name, for: planningCase)
        }
    }

    /// The plan, where it is of the same survey and period.
    private static func accept(
        _ plan: Plan, _ path: String, for planningCase: PlanningCase
    ) throws -> Plan {
        let found = plan.distribution
        guard found.survey == planningCase.survey.id,
            found.buckets.period == planningCase.period
        else {
            let period = found.buckets.period
            throw CommandError(
                .badInput,
                "\(path): found a plan of \(found.survey) from \(period.start.date), expected one"
                    + " of \(planningCase.survey.id) from \(planningCase.period.start.date)")
        }
        return plan
    }
}
