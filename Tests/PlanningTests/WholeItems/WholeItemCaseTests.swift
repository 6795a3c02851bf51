import GroundSegment
import LinearProgramming
import Reporting
import Testing

@testable import Planning

@Suite("Whole items")
struct WholeItemCaseTests {
    /// GLPK that gives up on every integer program.
    private struct LimitedSolver: Solver {
        var name: String { "limited" }

        func solve(
            _ program: Program, options: SolverOptions
        ) throws(SolverError) -> Solution {
            guard program.variables.contains(where: \.isInteger) else {
                return try GLPKSolver().solve(program, options: options)
            }
            return Solution(status: .limit, values: [], objective: .nan, bound: -.infinity)
        }
    }

    /// Four observations of 10 core-hours in one bucket, and tiles that take none.
    private func four(cores: [Double], rules: ItemRules = ItemRules()) -> PlanningCase {
        let strip = SmallCase.strip(observations: 4)
        return PlanningCase(
            name: "four", survey: strip.survey,
            sdcs: zip(SmallCase.sdcs(3), cores).map { sdc, cores in
                // 100 hours at an efficiency of 0.5.
                SDC(
                    id: sdc.id, name: sdc.name, cores: cores / 50, efficiency: 0.5,
                    storage: sdc.storage)
            }, grid: strip.grid,
            buckets: Buckets(
                period: TimeWindow(start: SmallCase.start, end: SmallCase.start + 100.0 / 24),
                length: 100.0 / 24),
            processing: Processing(
                observationWork: CoreHours(10), observationVolume: Terabytes(0.05), latency: 0.5,
                tileWork: .zero, tileVolume: Terabytes(0.1)),
            balance: Balance(work: 0.2, observations: 0.3, storage: 0.5, gap: 4), rules: rules,
            options: PlanningOptions(effort: .quick, steps: 1))
    }

    private func plan(_ planningCase: PlanningCase, solver: some Solver) throws -> Plan {
        var timings = StageTimings()
        return try Planner(solver: solver, threads: 1).plan(
            Problem(planningCase), timings: &timings)
    }

    @Test("three SDCs with room for one observation and a half each cannot take four")
    func indivisible() throws {
        let error = #expect(throws: PlanningError.self) {
            try plan(four(cores: [15, 15, 15]), solver: GLPKSolver())
        }
        guard case .indivisible(let breaches)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(breaches.count == 1)
        #expect(breaches.first?.hasPrefix("H2 SDC-") == true)
        #expect(
            error?.description.hasPrefix(
                "no distribution satisfies the hard rules: an integer program proves that whole"
                    + " items do not fit; the best one found breaks:\nH2 ") == true)
    }

    @Test("the rules that conflict for whole items are named, and what would help is confirmed")
    func conflict() throws {
        let problem = Problem(four(cores: [15, 15, 15]))
        let found = try #require(try Infeasibility(problem, solver: GLPKSolver()))
        let first = try #require(found.relaxations.first)
        #expect(found.relaxations.count == 1)
        #expect(
            first.conflict.rules
                == ["A", "B", "C"].map { .capacity(ID("SDC-\($0)"), bucket: 0) })
        #expect(first.conflict.isOfWholeItems && first.conflict.isIrreducible)
        // 20 core-hours instead of 15 are a third more.
        guard case .cores("SDC-A", let cores)? = first.changes.first else {
            Issue.record("\(first.changes)")
            return
        }
        #expect(abs(cores - 0.3 * 1.34) < 1e-12)
        #expect(first.alternatives.count == 2)
        #expect(found.isConfirmed)
        #expect(
            found.lines.first
                == "conflict 1 of these rules for whole items, none of which can be left out")
    }

    @Test("pins that leave no whole number of items to an SDC are named")
    func pins() throws {
        let pins = ["0", "1"].map {
            Pin(item: .observation(ID($0)), sdc: "SDC-A", role: .primary)
        }
        let planningCase = four(cores: [25, 15, 5], rules: ItemRules(pins: pins))
        let problem = Problem(planningCase)
        let found = try #require(try Infeasibility(problem, solver: GLPKSolver()))
        let first = try #require(found.relaxations.first)
        #expect(first.conflict.rules.count == 3)
        #expect(!first.changes.isEmpty && found.isConfirmed)
    }

    @Test("capacity for exactly the whole items is enough")
    func exact() throws {
        for cores in [[20.0, 10, 10], [15, 15, 20], [40, 0, 0]] {
            let plan = try plan(four(cores: cores), solver: GLPKSolver())
            #expect(plan.measures.violations.isEmpty)
        }
    }

    @Test("an integer program that reaches its limit leaves the case undecided")
    func undecided() {
        #expect {
            try plan(four(cores: [15, 15, 15]), solver: LimitedSolver())
        } throws: { error in
            guard case PlanningError.undecided(let breaches) = error else { return false }
            return breaches.count == 1
        }
    }

    @Test("a larger program gets fewer nodes")
    func nodes() {
        func limit(_ problem: Problem) -> (terms: Int, nodes: Int) {
            let rules = HardRules(problem)
            let program = WholeItemProgram(rules, active: rules.everything, scope: .period)
            return (program.program.termCount, program.nodeLimit)
        }
        #expect(limit(Problem(four(cores: [15, 15, 15]))).nodes == 20_000)
        // Forty buckets and nine SDCs whose storage holds a part of the items.
        let sdcs = SmallCase.sdcs(9).map { sdc in
            SDC(id: sdc.id, name: sdc.name, cores: 1, storage: Terabytes(5))
        }
        let large = limit(
            Problem(SmallCase.strip(observations: 400, perDay: 2.5, days: 160, sdcs: sdcs)))
        #expect(large.terms > 1000)
        #expect(large.nodes == min(20_000, 20_000_000 / large.terms))
        #expect(large.nodes < 20_000)
    }
}
