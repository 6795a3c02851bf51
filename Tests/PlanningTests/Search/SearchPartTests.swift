import GroundSegment
import Testing

@testable import Planning

@Suite("Search parts")
struct SearchPartTests {
    private let problem = Problem(SmallCase.strip(observations: 24, sdcs: SmallCase.sdcs(4)))
    private var model: SearchModel { SearchModel(problem, bands: Bands(problem)) }

    @Test("the parts of all buckets hold every item once")
    func buckets() {
        let model = model
        let parts = (0..<model.bucketCount).map { SearchPart(model, buckets: [$0]) }
        #expect(
            parts.flatMap(\.observations).sorted()
                == (0..<Int32(problem.observations.count)).map { $0 })
        #expect(parts.flatMap(\.tiles).sorted() == (0..<Int32(problem.tiles.count)).map { $0 })
        for (bucket, part) in parts.enumerated() where !part.isEmpty {
            #expect(part.buckets(model) == [Int32(bucket)])
        }
    }

    @Test("what lies around an observation has its tiles, is connected and no larger than asked")
    func surroundings() {
        let model = model
        let part = SearchPart(model, around: 11, size: 12)
        #expect(part.observations.first == 11)
        let first = Int32(problem.items.observationCount)
        #expect(Set(problem.partners[11].map { $0 - first }).isSubset(of: part.tiles))
        let held = Set(part.observations)
        for observation in part.observations.dropFirst() {
            let near = problem.partners[Int(observation)].flatMap { problem.partners[Int($0)] }
            #expect(near.contains { $0 != observation && held.contains($0) })
        }
        #expect(Set(part.tiles).count == part.tiles.count && held.count == part.observations.count)
        #expect(part.observations.count + part.tiles.count < 12 + 12)
        let everything = SearchPart(model, around: 11, size: 1_000_000)
        #expect(everything.tiles.count == problem.tiles.count)
    }
}
