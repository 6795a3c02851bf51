import GroundSegment
import Testing

@testable import Planning

@Suite("Search state")
struct SearchStateTests {
    private let problem = Problem(
        SmallCase.strip(
            observations: 24,
            sdcs: SmallCase.sdcs(4, maintenance: [1: [SmallCase.outage(1, 2.5)]]),
            balance: Balance(work: 0.05, observations: 0.05, storage: 0.02, gap: 1)))

    @Test("every change that is evaluated is what a full recount finds", arguments: 1...20)
    func changesMatchRecount(seed: Int) {
        let model = SearchModel(problem, bands: Bands(problem))
        let state = SearchState(
            model, placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
        let weights = SearchWeights()
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<200 {
            let before = state.objective + state.penalty
            let primary = random.below(4)
            let secondary = (primary + 1 + random.below(3)) % 4
            let change: Double
            if random.below(2) == 0 {
                let item = random.below(problem.observations.count)
                change = state.change(
                    observation: item, primary: primary, secondary: secondary, weights: weights)
                state.place(observation: item, primary: primary, secondary: secondary)
            } else {
                let item = random.below(problem.tiles.count)
                change = state.change(
                    tile: item, primary: primary, secondary: secondary, weights: weights)
                state.place(tile: item, primary: primary, secondary: secondary)
            }
            #expect(abs(state.objective + state.penalty - before - change) < 1e-6)
        }
        let fresh = SearchState(model, placement: state.placement)
        #expect(fresh.copies == state.copies)
        #expect(fresh.failovers == state.failovers)
        #expect(abs(fresh.external - state.external) < 1e-9)
        #expect(abs(fresh.penalty - state.penalty) < 1e-6)
    }

    @Test("what leaving a base costs is what a full recount finds", arguments: 1...10)
    func stabilityMatchesRecount(seed: Int) {
        let search = SearchRecord(
            effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: "")
        let base = Plan(
            problem, placement: SmallCase.randomPlacement(problem, seed: 99), bound: nil,
            search: search)
        let frozen = problem.planningCase.with(
            rules: ItemRules(freezeBefore: SmallCase.start + 3))
        let revised = Problem(frozen, precedent: Precedent(base: base))
        let model = SearchModel(revised, bands: Bands(revised))
        let state = SearchState(
            model, placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
        #expect(state.stability > 0)
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<200 {
            let before = state.objective + state.penalty
            let item = random.below(problem.tiles.count)
            let primary = random.below(4)
            let secondary = (primary + 1 + random.below(3)) % 4
            let change = state.change(
                tile: item, primary: primary, secondary: secondary, weights: SearchWeights())
            state.place(tile: item, primary: primary, secondary: secondary)
            #expect(abs(state.objective + state.penalty - before - change) < 1e-6)
        }
        #expect(abs(state.stability - state.countedStability()) < 1e-9)
    }

    @Test("what weighs otherwise changes by as much more", arguments: 1...5)
    func weights(seed: Int) {
        let model = SearchModel(problem, bands: Bands(problem))
        let state = SearchState(
            model, placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
        var random = SeededGenerator(seed: UInt64(seed))
        for item in problem.items.indices {
            let primary = random.below(4)
            let pair = (primary, (primary + 1 + random.below(3)) % 4)
            func change(_ penalty: Double) -> Double {
                state.change(item, pair, weights: SearchWeights(penalty: penalty))
            }
            let plain = change(0)
            let outside = change(1) - plain
            #expect(abs(change(22) - (plain + 22 * outside)) < 1e-9)
            let before = (state.penalty, state.objective)
            state.place(item, pair)
            #expect(abs(state.penalty - before.0 - outside) < 1e-9)
            #expect(abs(state.objective - before.1 - plain) < 1e-9)
        }
    }

    @Test("copies, external data and failover are those of the checker", arguments: 1...20)
    func matchesChecker(seed: Int) {
        let placement = SmallCase.randomPlacement(problem, seed: UInt64(seed))
        let state = SearchState(SearchModel(problem, bands: Bands(problem)), placement: placement)
        let plan = Plan(
            problem, placement: placement, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        #expect(state.copies == plan.measures.copyCount)
        #expect(state.failovers == plan.measures.failoverCopies)
        #expect(abs(state.external - plan.measures.externalVolume.value) < 1e-9)
        #expect((state.penalty == 0) == (plan.measures.outside.isEmpty && noHardBreach(plan)))
    }

    /// Whether the breaches that the search counts as penalties are absent.
    private func noHardBreach(_ plan: Plan) -> Bool {
        plan.measures.violations.allSatisfy { !$0.hasPrefix("H2") && !$0.hasPrefix("H3") }
    }

    @Test("an exchange of two tiles costs what a full recount finds", arguments: 1...20)
    func exchange(seed: Int) {
        let state = SearchState(
            SearchModel(problem, bands: Bands(problem)),
            placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
        let buckets = Array(problem.items.buckets[problem.items.tiles])
        let tiles = problem.tiles.indices.filter { buckets[$0] == buckets[0] }
        let weights = SearchWeights()
        let load = state.cells.elements.map { [$0.observations, $0.tiles] }
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
        #expect(state.cells.elements.map { [$0.observations, $0.tiles] } == load)
    }

    @Test("a limit never hides a change that costs less", arguments: 1...20)
    func limits(seed: Int) {
        let state = SearchState(
            SearchModel(problem, bands: Bands(problem)),
            placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
        let weights = SearchWeights(penalty: 0.02)
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            let primary = random.below(4)
            let secondary = (primary + 1 + random.below(3)) % 4
            let observation = random.below(problem.observations.count)
            let tile = random.below(problem.tiles.count)
            let limit = 0.2 * (random.unit() - 0.5)
            func compare(_ exact: Double, _ limited: Double) {
                #expect(limited == exact || (limited == .infinity && exact > limit - 1e-12))
            }
            compare(
                state.change(
                    observation: observation, primary: primary, secondary: secondary,
                    weights: weights),
                state.change(
                    observation: observation, primary: primary, secondary: secondary,
                    weights: weights, limit: limit))
            compare(
                state.change(
                    tile: tile, primary: primary, secondary: secondary, weights: weights),
                state.change(
                    tile: tile, primary: primary, secondary: secondary, weights: weights,
                    limit: limit))
            if random.below(4) == 0 {
                state.place(tile: tile, primary: primary, secondary: secondary)
            }
        }
    }
}
