import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Borders between tiles")
struct BorderTests {
    private func problem(compact: Double, steps: Int? = nil) -> Problem {
        let planningCase = SmallCase.strip(
            observations: 24, sdcs: SmallCase.sdcs(4),
            options: PlanningOptions(effort: .quick, steps: steps))
        return Problem(
            planningCase.with(
                balance: planningCase.balance, weights: Weights(compact: compact)))
    }

    @Test("what a change of borders costs is what a full recount finds", arguments: 1...20)
    func changesMatchRecount(seed: Int) {
        let problem = problem(compact: 0.003)
        let model = SearchModel(problem, bands: Bands(problem))
        let state = SearchState(
            model, placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
        #expect(state.borders > 0)
        let weights = SearchWeights()
        var random = SeededGenerator(seed: UInt64(seed))
        for step in 0..<200 {
            let before = state.objective + state.penalty
            let tile = random.below(problem.tiles.count)
            let primary = random.below(4)
            let secondary = (primary + 1 + random.below(3)) % 4
            let change = state.change(
                tile: tile, primary: primary, secondary: secondary, weights: weights)
            state.place(tile: tile, primary: primary, secondary: secondary)
            #expect(abs(state.objective + state.penalty - before - change) < 1e-6, "step \(step)")
        }
        #expect(state.borders == state.countedBorders())
    }

    @Test("an exchange costs what it does one tile after the other, side by side and apart")
    func exchanges() {
        let problem = problem(compact: 0.003)
        let model = SearchModel(problem, bands: Bands(problem))
        let state = SearchState(model, placement: SmallCase.randomPlacement(problem, seed: 3))
        let sides = Set(
            TileNeighbours(problem.tiles).pairs.map { [$0.first, $0.second] })
        var tried = [true: 0, false: 0]
        for first in problem.tiles.indices {
            for second in problem.tiles.indices where second > first {
                let (one, other) = (Int(state.tilePrimary[first]), Int(state.tilePrimary[second]))
                guard one != other else { continue }
                let change = state.borderChange(exchange: first, one, with: second, other)
                let before = state.borders
                state.place(tile: first, primary: other, secondary: one)
                state.place(tile: second, primary: one, secondary: other)
                #expect(state.borders - before == change)
                tried[sides.contains([first, second]), default: 0] += 1
            }
        }
        #expect(tried.values.allSatisfy { $0 > 20 })
    }

    @Test("borders cost nothing unless a weight says so")
    func unweighted() {
        let problem = problem(compact: 0)
        let model = SearchModel(problem, bands: Bands(problem))
        let state = SearchState(model, placement: SmallCase.randomPlacement(problem, seed: 1))
        #expect(state.borders == 0 && state.countedBorders() == 0)
    }

    @Test("a weight makes plans more compact, and is no part of the cost")
    func weighted() throws {
        func plan(_ compact: Double) throws -> Plan {
            var timings = StageTimings()
            return try Planner(solver: GLPKSolver()).plan(
                problem(compact: compact, steps: 200_000), timings: &timings)
        }
        let (plain, compact) = (try plan(0), try plan(0.05))
        #expect(compact.borders.neighbours == plain.borders.neighbours)
        #expect(compact.borders.apart < plain.borders.apart)
        #expect(
            compact.measures.cost
                == compact.measures.copyVolume + compact.measures.externalVolume)
    }

    @Test("plan.json has weight and borders where borders count, and nothing of them elsewhere")
    func document() throws {
        func plan(_ compact: Double) -> Plan {
            let problem = problem(compact: compact)
            return Plan(
                problem, placement: SmallCase.randomPlacement(problem, seed: 2), bound: nil,
                search: SearchRecord(
                    effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        }
        let weighted = plan(0.002)
        let bytes = PlanDocument.encode(weighted).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"compact\":0.002"))
        #expect(text.contains("\"borders\":\(weighted.borders.apart),"))
        #expect(try PlanDocument.decode(bytes).plan.weights == weighted.weights)
        let plain = String(decoding: PlanDocument.encode(plan(0)).bytes, as: UTF8.self)
        #expect(!plain.contains("compact") && !plain.contains("borders"))
    }
}
