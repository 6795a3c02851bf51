import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("BucketSeries")
struct BucketSeriesTests {
    @Test("the buckets add up to the plan's new data and copies")
    func sums() throws {
        let sample = try SamplePlan.shared.get()
        for plan in [sample.plan, sample.scattered] {
            let series = BucketSeries(plan.distribution)
            for (place, load) in plan.measures.loads.enumerated() {
                #expect(abs(series.newVolume[place].reduce(0, +) - load.newVolume.value) < 1e-9)
                let sent = plan.measures.copies.filter { $0.key.from == load.sdc }.values
                let received = plan.measures.copies.filter { $0.key.to == load.sdc }.values
                #expect(series.copiesOut[place].reduce(0, +) == sent.reduce(0, +))
                #expect(series.copiesIn[place].reduce(0, +) == received.reduce(0, +))
            }
        }
        #expect(sample.scattered.measures.copyCount > 0)
    }

    @Test("external data and failover add up to the plan's measures")
    func needs() throws {
        let plan = try SamplePlan.shared.get().plan
        let series = BucketSeries(plan.distribution)
        let external = series.external.joined().reduce(0, +)
        #expect(external > 0)
        #expect(abs(external - plan.measures.externalVolume.value) < 1e-9)
        #expect(series.failover.joined().reduce(0, +) == plan.measures.failoverCopies)
        #expect(plan.measures.failoverCopies > 0)
    }

    @Test("storage grows from what was occupied before by what is new")
    func stored() throws {
        let plan = try SamplePlan.shared.get().plan
        let series = BucketSeries(plan.distribution)
        let sdc = SDC(
            id: "SDC-C", name: "", cores: 1, storage: Terabytes(10), used: Terabytes(2.5))
        let stored = series.stored(at: 1, of: sdc)
        #expect(stored.count == 4)
        #expect(abs(stored[0] - 2.5 - series.newVolume[1][0]) < 1e-12)
        let end = 2.5 + plan.measures.loads[1].newVolume.value
        #expect(abs((stored.last ?? 0) - end) < 1e-9)
    }
}
