import GroundSegment
import SkyGeometry
import Testing

@testable import Planning

@Suite("Search state with unequal items and limited transfers")
struct UnevenStateTests {
    private let problem = Problem(SmallCase.uneven())

    private func state(_ seed: Int) -> SearchState {
        SearchState(
            SearchModel(problem, bands: Bands(problem)),
            placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
    }

    private func expectSame(_ state: SearchState) {
        let fresh = SearchState(state.model, placement: state.placement)
        #expect(fresh.copies == state.copies && fresh.failovers == state.failovers)
        #expect(abs(fresh.objective - state.objective) < 1e-9)
        #expect(abs(fresh.penalty - state.penalty) < 1e-6)
        #expect(fresh.transferIn.elements == state.transferIn.elements)
        #expect(fresh.transferOut.elements == state.transferOut.elements)
        #expect(fresh.transferBreaches == state.transferBreaches)
        #expect(abs(state.transferPenaltySum - state.countedTransferPenalty()) < 1e-6)
    }

    @Test("every change that is evaluated is what a full recount finds", arguments: 1...20)
    func changesMatchRecount(seed: Int) {
        let state = state(seed)
        #expect(state.transferBreaches > 0)
        let weights = SearchWeights()
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<200 {
            let before = state.objective + state.penalty
            let primary = random.below(4)
            let pair = (primary, (primary + 1 + random.below(3)) % 4)
            let item = random.below(problem.items.count)
            let moved = state.transferIn.elements
            let change = state.change(item, pair, weights: weights)
            #expect(state.transferIn.elements == moved, "trying a change leaves no trace")
            state.place(item, pair)
            #expect(abs(state.objective + state.penalty - before - change) < 1e-6)
        }
        expectSame(state)
    }

    @Test("an exchange of two tiles costs what a full recount finds", arguments: 1...20)
    func exchange(seed: Int) {
        let state = state(seed)
        let buckets = Array(problem.items.buckets[problem.items.tiles])
        let tiles = problem.tiles.indices.filter { buckets[$0] == buckets[0] }
        let weights = SearchWeights()
        for tile in tiles {
            for other in tiles where state.tilePrimary[other] != state.tilePrimary[tile] {
                let before = state.objective + state.penalty
                let change = state.change(exchange: tile, with: other, weights: weights)
                let (first, second) = SearchState.exchanged(
                    (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile])),
                    (Int(state.tilePrimary[other]), Int(state.tileSecondary[other])))
                state.place(tile: tile, primary: first.0, secondary: first.1)
                state.place(tile: other, primary: second.0, secondary: second.1)
                #expect(abs(state.objective + state.penalty - before - change) < 1e-6)
            }
        }
        expectSame(state)
    }

    @Test("a limit never hides a change that costs less", arguments: 1...20)
    func limits(seed: Int) {
        let state = state(seed)
        let weights = SearchWeights(penalty: 0.02)
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            let primary = random.below(4)
            let secondary = (primary + 1 + random.below(3)) % 4
            let (tile, other) = (
                random.below(problem.tiles.count), random.below(problem.tiles.count)
            )
            let limit = 0.2 * (random.unit() - 0.5)
            func compare(_ exact: Double, _ limited: Double) {
                #expect(
                    abs(limited - exact) < 1e-12 || (limited == .infinity && exact > limit - 1e-9))
            }
            compare(
                state.change(
                    tile: tile, primary: primary, secondary: secondary, weights: weights),
                state.change(
                    tile: tile, primary: primary, secondary: secondary, weights: weights,
                    limit: limit))
            if problem.items.buckets[problem.items.observationCount + tile]
                == problem.items.buckets[problem.items.observationCount + other],
                state.tilePrimary[tile] != state.tilePrimary[other]
            {
                compare(
                    state.change(exchange: tile, with: other, weights: weights),
                    state.change(exchange: tile, with: other, weights: weights, limit: limit))
            }
            if random.below(4) == 0 {
                state.place(tile: tile, primary: primary, secondary: secondary)
            }
        }
    }

    @Test("cost, failover and what is over are those of the checker", arguments: 1...20)
    func matchesChecker(seed: Int) {
        let state = state(seed)
        let plan = Plan(
            problem, placement: state.placement, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        #expect(abs(state.cost - plan.measures.cost.value) < 1e-9)
        #expect(
            abs(state.objective - state.cost - 0.1 * plan.measures.failoverVolume.value) < 1e-9)
        #expect(
            plan.measures.violations.count { $0.hasPrefix("H6") } == state.transferBreaches)
        for (place, found) in plan.transfers.enumerated() {
            for bucket in 0..<problem.bucketCount {
                let cell = bucket * problem.sdcs.count + place
                #expect(abs(found.inward[bucket].sum - state.transferIn[cell]) < 1e-9)
                #expect(abs(found.outward[bucket].sum - state.transferOut[cell]) < 1e-9)
            }
        }
        for (load, sdc) in zip(plan.measures.loads, problem.sdcs.indices) {
            #expect(abs(load.newVolume.value - state.volume(sdc)) < 1e-9)
            for (bucket, cell) in load.buckets.enumerated() {
                let counted = state.cells[bucket * problem.sdcs.count + sdc]
                #expect(abs(cell.work.value - counted.work(state.model.work)) < 1e-9)
            }
        }
    }
}
