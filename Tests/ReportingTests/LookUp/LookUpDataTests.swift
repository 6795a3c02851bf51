import Foundation
import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("LookUpData")
struct LookUpDataTests {
    private let plan: Plan
    private let data: LookUpData

    init() throws {
        plan = try SamplePlan.shared.get().plan
        data = LookUpData(plan.distribution, difference: nil)
    }

    @Test("every item has its SDCs and bucket")
    func items() {
        let distribution = plan.distribution
        #expect(data.sdcs == distribution.sdcs.map(\.id.text))
        #expect(data.observations.ids == distribution.observations.map(\.observation.id.text))
        #expect(
            data.tiles.primaries.map { data.sdcs[$0] }
                == distribution.tiles.map(\.assignment.primary.text))
        #expect(
            data.tiles.secondaries.map { data.sdcs[$0] }
                == distribution.tiles.map(\.assignment.secondary.text))
        #expect(data.observations.buckets == distribution.observations.map(\.bucket))
        #expect(data.side == 0.5)
    }

    @Test("a tile's observations are those that overlap it, and copies and surveys are the plan's")
    func overlaps() {
        let distribution = plan.distribution
        for (list, entry) in zip(data.overlaps, distribution.tiles) {
            var place = 0
            let ids = list.map { step -> String in
                place += step
                return data.observations.ids[place]
            }
            #expect(Set(ids) == Set(entry.overlaps.map(\.observation.text)))
        }
        #expect(data.copies.joined().count == plan.measures.copyCount)
        #expect(data.surveys == ["DES"])
        let fetched = Double(data.fetched.joined().count) * 0.05
        #expect(abs(fetched - plan.measures.externalVolume.value) < 1e-9)
    }

    @Test("what has changed has its cause and what it was before")
    func changes() throws {
        let old = plan.distribution
        let first = old.observations[0]
        let pair = first.assignment
        let moved = AssignedObservation(
            observation: first.observation, arrival: first.arrival, bucket: first.bucket,
            assignment: Assignment(primary: pair.secondary, secondary: pair.primary),
            copiesTo: first.copiesTo, cause: .free)
        let after = Plan(
            distribution: Distribution(
                name: old.name, survey: old.survey, buckets: old.buckets, sdcs: old.sdcs,
                processing: old.processing, observations: [moved] + old.observations.dropFirst(),
                tiles: old.tiles), balance: plan.balance, weights: plan.weights,
            measures: plan.measures, bound: plan.bound, search: plan.search, base: "ab")
        let changed = LookUpData(
            after.distribution, difference: PlanDifference(from: plan, to: after))
        #expect(changed.observations.causes == ["0": "free"])
        let before = try #require(changed.observations.earlier["0"])
        #expect(before.map { changed.sdcs[$0] } == [pair.primary.text, pair.secondary.text])
        #expect(changed.tiles.causes.isEmpty)
    }

    @Test("the text is base64 of a zlib stream, the same each time")
    func text() throws {
        let bytes = try #require(Data(base64Encoded: data.text))
        #expect(bytes.prefix(2) == Data([0x78, 0xda]))
        #expect(data.text == LookUpData(plan.distribution, difference: nil).text)
        #expect(bytes.count < 20_000)
    }
}
