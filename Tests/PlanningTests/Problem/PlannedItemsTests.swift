import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Planned items")
struct PlannedItemsTests {
    private let problem = Problem(SmallCase.strip(observations: 12))

    @Test("observations have the first numbers, then tiles, each in its order")
    func order() {
        let items = problem.items
        #expect(items.observations == 0..<12)
        #expect(items.tiles == 12..<items.count)
        #expect(items.count == 12 + problem.tiles.count)
        #expect(
            items.ids.prefix(12) == ArraySlice(problem.observations.map { .observation($0.id) }))
        #expect(items.ids.dropFirst(12) == ArraySlice(problem.tiles.map { .tile($0.id) }))
        for item in items.indices { #expect(items[items.ids[item]] == item) }
        #expect(items[.observation("12")] == nil)
        #expect(items[.tile("0")] == nil)
    }

    @Test("a tile is ready when the last of its observations has arrived")
    func ready() {
        let items = problem.items
        for tile in items.tiles {
            let partners = problem.partners[tile].map(Int.init)
            #expect(partners.allSatisfy(items.isObservation))
            #expect(items.instants[tile] == partners.map { items.instants[$0] }.max())
            #expect(partners.allSatisfy { problem.partners[$0].contains(Int32(tile)) })
        }
        // The last observation ends 2.75 + 0.04 days after the start and arrives half a day later.
        #expect(abs((items.instants[11] - SmallCase.start) - 3.29) < 1e-9)
    }

    @Test("a plan's items are those of its problem")
    func plan() {
        let plan = Plan(
            problem, placement: SmallCase.randomPlacement(problem, seed: 1), bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
        let items = PlannedItems(plan.distribution)
        #expect(items.ids == problem.items.ids)
        #expect(items.buckets == problem.items.buckets)
        #expect(items.instants == problem.items.instants)
        #expect(Placement(plan) == SmallCase.randomPlacement(problem, seed: 1))
    }
}
