import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Search")
struct SearchTests {
    private let problem = Problem(SmallCase.strip(observations: 24))

    private func search(seed: UInt64, length: Int) -> Search {
        Search(
            SearchModel(problem, bands: Bands(problem)),
            placement: SmallCase.randomPlacement(problem, seed: 5), seed: seed, length: length)
    }

    @Test("the counts after a search with rounds are those of a full recount")
    func rounds() {
        let search = search(seed: 1, length: 1_500_000)
        while !search.isDone { search.advance() }
        let fresh = SearchState(search.state.model, placement: search.state.placement)
        #expect(fresh.copies == search.state.copies)
        #expect(fresh.failovers == search.state.failovers)
        #expect(fresh.tilesIn.elements == search.state.tilesIn.elements)
        #expect(fresh.observationsIn.elements == search.state.observationsIn.elements)
        #expect(abs(fresh.external - search.state.external) < 1e-9)
    }

    @Test("a search improves on where it starts")
    func improves() {
        let search = search(seed: 1, length: 300_000)
        let before = search.value
        while !search.isDone { search.advance() }
        #expect(search.value < before)
    }

    @Test("a team gives the same result each time, whatever its threads do")
    func team() {
        func placement() -> Placement {
            let team = SearchTeam(
                SearchModel(problem, bands: Bands(problem)),
                placement: SmallCase.randomPlacement(problem, seed: 5), seed: 9, length: 600_000)
            _ = team.run(limit: 600_000) { _ in nil }
            return team.best.state.placement
        }
        let first = placement()
        for _ in 0..<3 { #expect(placement() == first) }
    }
}
