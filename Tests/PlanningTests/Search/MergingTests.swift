import GroundSegment
import Testing

@testable import Planning

@Suite("Owners of an observation's tiles")
struct MergingTests {
    private let problem = Problem(SmallCase.uneven())

    @Test("one owner less has the tiles of an observation, and all counts are those of a recount")
    func merged() throws {
        let model = SearchModel(problem, bands: Bands(problem))
        for seed in 1...20 {
            let state = SearchState(
                model, placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)))
            let annealing = Annealing(state, seed: UInt64(seed))
            let observation = try #require(
                (0..<model.observationCount).first { state.demands[$0].copies > 0 })
            annealing.allow(SearchPart(model, merging: observation), apartFrom: SearchPart())
            func owners() -> Set<UInt8> {
                let tiles = problem.partners[observation].map { Int($0) - model.observationCount }
                return Set(tiles.map { state.tilePrimary[$0] })
            }
            let before = owners()
            // The owner that is left and the one that gets its tiles are drawn, and may be one.
            for _ in 0..<20 where owners().count == before.count {
                annealing.mergeOwners(of: observation)
            }
            #expect(owners().isStrictSubset(of: before))
            let fresh = SearchState(model, placement: state.placement)
            #expect(fresh.copies == state.copies && fresh.failovers == state.failovers)
            #expect(abs(fresh.objective - state.objective) < 1e-9)
            #expect(abs(fresh.penalty - state.penalty) < 1e-9)
        }
    }

    @Test("a part to merge in has the observations of all of the observation's tiles")
    func part() {
        let model = SearchModel(problem, bands: Bands(problem))
        let part = SearchPart(model, merging: 11)
        let near = problem.partners[11].flatMap { problem.partners[Int($0)] }
        #expect(Set(near.map { Int32($0) }).isSubset(of: part.observations))
        #expect(Set(part.observations).count == part.observations.count)
        #expect(part.merging == 11)
    }

    @Test(
        "a change usually costs a copy, or where copies are small, most of a tile's external data")
    func typicalCost() {
        func cost(_ volume: Double) -> Double {
            let problem = Problem(SmallCase.uneven(volume: volume))
            return SearchModel(problem, bands: Bands(problem)).typicalCost
        }
        #expect(abs(cost(0.00005) - 0.7 * 0.03) < 1e-9)
        #expect(cost(0.05) > 0.03)
    }
}
