import GroundSegment
import Testing

@testable import Planning
@testable import Reporting

@Suite("ToleranceBands")
struct ToleranceBandsTests {
    @Test("the cells outside the bands are the checker's")
    func sameAsChecker() throws {
        let plan = try SamplePlan.shared.get().skewed
        let bands = ToleranceBands(plan)
        var outside: [String] = []
        for load in plan.measures.loads {
            for (bucket, cell) in load.buckets.enumerated() {
                let name = plan.distribution.buckets.name(bucket)
                let rounding = 1e-6
                func isOutside(_ value: Double, _ band: ClosedRange<Double>) -> Bool {
                    value < band.lowerBound - rounding || value > band.upperBound + rounding
                }
                if isOutside(cell.work.value, bands.work(cell)) {
                    outside.append("T1 \(load.sdc) \(name)")
                }
                let observations = bands.observations(cell, bucket: bucket)
                if isOutside(Double(cell.observations), observations) {
                    outside.append("T2 \(load.sdc) \(name)")
                }
            }
            let storage = bands.storage(load)
            if !storage.contains(load.newVolume.value) { outside.append("T3 \(load.sdc) ") }
        }
        let checked = plan.measures.outside.filter { $0.tolerance != .gap }
            .map { "\($0.tolerance.rawValue) \($0.sdc) \($0.bucket ?? "")" }
        #expect(outside.sorted() == checked.sorted())
        #expect(Set(checked.map { $0.prefix(2) }) == ["T1", "T2", "T3"])
    }

    @Test("a bucket is full where one more tile leaves the band, and not one before")
    func edges() throws {
        let plan = try SamplePlan.shared.get().plan
        let tile = plan.distribution.processing.tileWork.value
        // Target 100 tiles, tolerance 10 %: 90 to 110 tiles.
        for (tiles, isFull, isEmpty) in [
            (109, false, false), (110, true, false), (90, false, true),
        ] {
            let bucket = BucketLoad(
                observations: 0, tiles: tiles, work: CoreHours(Double(tiles) * tile),
                target: CoreHours(100 * tile), capacity: CoreHours(1000 * tile))
            let load = SDCLoad(
                sdc: "X", buckets: [bucket], primaryObservations: 0, primaryTiles: tiles,
                newVolume: Terabytes(100), targetVolume: Terabytes(100), longestGap: 0)
            let edge = EdgeCells(load, plan: plan)
            #expect(edge.fullOfWork == (isFull ? [0] : []))
            #expect(edge.emptyOfWork == (isEmpty ? [0] : []))
            #expect(edge.atCapacity.isEmpty)
            #expect(!edge.isFullOfData && !edge.isEmptyOfData)
        }
    }

    @Test("capacity binds before the tolerance where it is smaller")
    func capacity() throws {
        let plan = try SamplePlan.shared.get().plan
        let tile = plan.distribution.processing.tileWork.value
        let bucket = BucketLoad(
            observations: 0, tiles: 100, work: CoreHours(100 * tile), target: CoreHours(100 * tile),
            capacity: CoreHours(100.5 * tile))
        let load = SDCLoad(
            sdc: "X", buckets: [bucket], primaryObservations: 0, primaryTiles: 100,
            newVolume: Terabytes(110), targetVolume: Terabytes(100), longestGap: 0)
        let edge = EdgeCells(load, plan: plan)
        #expect(edge.atCapacity == [0])
        #expect(edge.fullOfWork.isEmpty)
        #expect(edge.isFullOfData)
    }
}
