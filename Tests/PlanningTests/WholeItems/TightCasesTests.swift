import Foundation
import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

/// Random cases in which capacity and storage are hardly enough or just too little, against all
/// their distributions.
@Suite("Tight cases")
struct TightCasesTests {
    private static let count: UInt64 = 500
    /// Whether the planner plans all of them and not only some, and thousands more are decided.
    private static let isThorough =
        ProcessInfo.processInfo.environment["SGS_ALL_TIGHT_CASES"] != nil
    private static let planned: UInt64 = isThorough ? count : 8

    private enum Verdict: Hashable {
        case plan
        case infeasible
        case indivisible
        case undecided
    }

    @Test("of 500 no feasible case is refused, and every other one is proven infeasible")
    func decided() throws {
        var found: [Verdict: Int] = [:]
        var atStart = 0
        for seed in 0..<Self.count {
            let problem = TightCase.make(seed: seed)
            let isFeasible = PairEnumeration(problem).isFeasible
            let verdict = try Self.verdict {
                let (plan, isOfStart) = try Self.decided(problem, solver: GLPKSolver())
                if isOfStart { atStart += 1 }
                return plan
            }
            #expect((verdict == .plan) == isFeasible, "seed \(seed): \(verdict)")
            found[verdict, default: 0] += 1
        }
        #expect(found == [.plan: 229, .infeasible: 204, .indivisible: 67])
        #expect(atStart == 49)
    }

    @Test("of 3,500 more neither", .enabled(if: isThorough), arguments: 1..<8)
    func more(part: UInt64) throws {
        for seed in (part * Self.count)..<(part * Self.count + Self.count) {
            let problem = TightCase.make(seed: seed)
            let verdict = try Self.verdict { try Self.decided(problem, solver: GLPKSolver()).plan }
            #expect(
                (verdict == .plan) == PairEnumeration(problem).isFeasible,
                "seed \(seed): \(verdict)")
            #expect(verdict != .undecided, "seed \(seed)")
        }
    }

    @Test("the planner says the same", arguments: 0..<planned)
    func planner(seed: UInt64) throws {
        let problem = TightCase.make(seed: seed)
        var timings = StageTimings()
        let verdict = try Self.verdict {
            try Planner(solver: GLPKSolver(), threads: 1).plan(problem, timings: &timings)
        }
        #expect((verdict == .plan) == PairEnumeration(problem).isFeasible)
        #expect(verdict != .undecided)
    }

    @Test("HiGHS decides as GLPK does", .enabled(if: HiGHSSolver() != nil), arguments: 0..<5)
    func highs(part: UInt64) throws {
        let highs = try #require(HiGHSSolver())
        for seed in (part * 40)..<(part * 40 + 40) {
            let problem = TightCase.make(seed: seed)
            let rules = HardRules(problem)
            func verdict(_ solver: some Solver) throws -> ItemCounting.Verdict {
                try ItemCounting.whole.verdict(
                    rules, active: rules.everything, scope: .period, solver: solver)
            }
            #expect(try verdict(highs) == verdict(GLPKSolver()), "seed \(seed)")
        }
    }

    private static func verdict(_ plan: () throws -> Plan) throws -> Verdict {
        do {
            #expect(try plan().measures.violations.isEmpty)
            return .plan
        } catch PlanningError.obstructed, PlanningError.conflict {
            return .infeasible
        } catch PlanningError.indivisible {
            return .indivisible
        } catch PlanningError.undecided {
            return .undecided
        }
    }

    /// What the planner does where the search finds nothing better than where it starts.
    private static func decided(
        _ problem: Problem, solver: some Solver
    ) throws -> (plan: Plan, isOfStart: Bool) {
        let obstacles = Feasibility.obstacles(problem)
        guard obstacles.isEmpty else { throw PlanningError.obstructed(obstacles) }
        if let conflict = try Feasibility.conflict(problem, solver: solver) {
            throw PlanningError.conflict(conflict)
        }
        let bands = Bands(problem)
        let bound = try Bound.solve(problem, bands: bands, solver: solver)
        let fresh = StartingPoint(problem).placement(bound.shares)
        let start =
            problem.revision.map { RevisedStart(problem, revision: $0).placement(over: fresh) }
            ?? fresh
        let record = SearchRecord(
            effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: solver.name)
        let plan = Plan(problem, placement: start, bound: bound.cost, search: record)
        guard !plan.measures.violations.isEmpty else { return (plan, true) }
        return (
            try Planner(solver: solver, threads: 1).wholeItems(
                problem, bands: bands, bound: bound, insteadOf: plan, start, record), false
        )
    }
}
