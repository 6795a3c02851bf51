import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("History")
struct HistoryTests {
    /// A case of the strip's observations that start in `days` from the start.
    private func period(_ from: Double, _ to: Double) -> PlanningCase {
        let whole = SmallCase.strip(
            observations: 32, days: 8, options: PlanningOptions(effort: .quick, steps: 300_000))
        return PlanningCase(
            name: "period", survey: whole.survey, sdcs: whole.sdcs, grid: whole.grid,
            buckets: Buckets(
                period: TimeWindow(start: SmallCase.start + from, end: SmallCase.start + to),
                length: 4),
            processing: whole.processing, balance: whole.balance, options: whole.options)
    }

    private func plan(_ planningCase: PlanningCase, history: History = History()) throws -> Plan {
        var timings = StageTimings()
        return try Planner(solver: GLPKSolver()).plan(
            Problem(planningCase, precedent: Precedent(history: history)), timings: &timings)
    }

    @Test("observations of earlier periods come with their replicas, the newest plan's first")
    func newestCounts() throws {
        let first = try plan(period(0, 4))
        let second = try plan(period(0, 8))
        let history = History([second, first], before: SmallCase.start + 8)
        #expect(history.observations.count == 32)
        #expect(
            history.observations.map(\.assignment)
                == second.distribution.observations.map(\.assignment))
        #expect(History([second], before: SmallCase.start + 4).observations.count == 16)
        #expect(History([second], before: SmallCase.start).observations.isEmpty)
    }

    @Test("earlier observations over this period's tiles count for copies with their replicas")
    func copies() throws {
        let first = try plan(period(0, 4))
        let history = History([first], before: SmallCase.start + 4)
        let later = period(4, 8)
        let problem = Problem(later, precedent: Precedent(history: history))
        #expect(!problem.overlaps.earlier.isEmpty)
        let placement = SmallCase.randomPlacement(problem, seed: 3)
        let search = SearchRecord(
            effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: "")
        let counted = Plan(problem, placement: placement, bound: nil, search: search)
        let alone = Plan(Problem(later), placement: placement, bound: nil, search: search)
        var expected = alone.measures.copyCount
        for (index, earlier) in history.observations.enumerated() {
            let owners = Set(
                problem.overlaps.earlier.filter { $0.observation == index }
                    .map { counted.distribution.tiles[$0.tile].assignment.primary })
            expected += owners.count { !earlier.assignment.contains($0) }
        }
        #expect(counted.measures.copyCount == expected)
        #expect(expected > alone.measures.copyCount)
        let state = SearchState(SearchModel(problem, bands: Bands(problem)), placement: placement)
        #expect(state.copies == expected)
        #expect(state.failovers == counted.measures.failoverCopies)
        #expect(state.placement == placement)
    }

    @Test("a tile owned before keeps its owners where S decides")
    func keepsOwners() throws {
        let first = try plan(period(0, 4))
        let history = History([first], before: SmallCase.start + 4)
        let second = try plan(period(4, 8), history: history)
        let seen = second.distribution.tiles.filter { history.tiles[$0.tile.id] != nil }
        let kept = seen.count { history.tiles[$0.tile.id] == $0.assignment }
        #expect(seen.count >= 3)
        #expect(kept * 2 > seen.count)
    }
}
