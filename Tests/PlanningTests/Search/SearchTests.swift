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
        #expect(fresh.cells.elements.map(\.tiles) == search.state.cells.elements.map(\.tiles))
        #expect(
            fresh.cells.elements.map(\.observations)
                == search.state.cells.elements.map(\.observations))
        #expect(abs(fresh.external - search.state.external) < 1e-9)
    }

    @Test("a search improves on where it starts")
    func improves() {
        let search = search(seed: 1, length: 300_000)
        let before = search.value
        while !search.isDone { search.advance() }
        #expect(search.value < before)
    }

    @Test("the result does not depend on the number of threads", arguments: [true, false])
    func threads(isLocal: Bool) {
        let problem = Problem(
            SmallCase.strip(
                observations: 600, perDay: 80, rows: isLocal ? 40 : 4, fields: isLocal ? 600 : 40))
        #expect(SearchSlices(SearchModel(problem, bands: Bands(problem))).areApart == isLocal)
        func placement(threads: Int) -> Placement {
            let search = Search(
                SearchModel(problem, bands: Bands(problem)),
                placement: SmallCase.randomPlacement(problem, seed: 5), seed: 9, length: 900_000,
                threads: threads)
            _ = search.run(limit: 900_000) { _ in nil }
            return search.state.placement
        }
        let first = placement(threads: 1)
        for _ in 0..<3 { #expect(placement(threads: 2) == first) }
    }

    @Test("a search that is stopped early leaves a usable distribution")
    func stopped() {
        let search = search(seed: 1, length: 10_000_000)
        let stop = search.run(limit: 10_000_000) { $0.steps > 500_000 ? .time : nil }
        #expect(stop == .time)
        #expect(search.steps < 1_500_000)
        #expect(search.state.penalty == 0)
    }
}
