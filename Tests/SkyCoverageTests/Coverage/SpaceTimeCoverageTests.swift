import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite("SpaceTimeCoverage")
struct SpaceTimeCoverageTests {
    private let north = SkyArea.box(SkyBox(west: 10, east: 11, south: 60, north: 61))
    private let south = SkyArea.box(SkyBox(west: 10, east: 11, south: -61, north: -60))
    private let inNorth = SkyPosition(ra: 10.5, dec: 60.5)
    private let inSouth = SkyPosition(ra: 10.5, dec: -60.5)

    private func day(_ days: Double) -> BarycentricTime { BarycentricTime(utcMJD: 60_000 + days) }

    private func coverage(_ parts: [SpaceTimeCoverage.Part]) -> SpaceTimeCoverage {
        SpaceTimeCoverage(timeOrder: 41, spaceOrder: 8, parts: parts)
    }

    @Test("each area is covered in its own time, and both where the times overlap")
    func overlap() {
        let coverage = coverage([
            .init(start: day(0), end: day(2), areas: [north]),
            .init(start: day(1), end: day(3), areas: [south]),
        ])
        #expect(coverage.contains(inNorth, at: day(0.5)))
        #expect(!coverage.contains(inSouth, at: day(0.5)))
        #expect(coverage.contains(inNorth, at: day(1.5)))
        #expect(coverage.contains(inSouth, at: day(1.5)))
        #expect(!coverage.contains(inNorth, at: day(2.5)))
        #expect(coverage.contains(inSouth, at: day(2.5)))
        #expect(!coverage.contains(inNorth, at: day(-0.1)))
        #expect(!coverage.contains(inSouth, at: day(3.1)))
    }

    @Test("a part without an end lasts as long as the time axis")
    func open() {
        let coverage = coverage([.init(start: day(0), end: nil, areas: [north])])
        #expect(
            coverage.contains(
                inNorth, at: BarycentricTime(microseconds: BarycentricTime.axisLength - 1)))
        #expect(!coverage.contains(inNorth, at: day(-1)))
    }

    @Test("the same area in times that follow each other is one slice")
    func merged() {
        let coverage = coverage([
            .init(start: day(1), end: day(2), areas: [north]),
            .init(start: day(0), end: day(1), areas: [north]),
        ])
        #expect(coverage.slices.count == 1)
        #expect(coverage.slices[0].times.ranges.count == 1)
    }

    @Test("the first and last cell of time are held whole")
    func conservative() {
        let coverage = SpaceTimeCoverage(
            timeOrder: 31, spaceOrder: 8,
            parts: [.init(start: day(0), end: day(0.001), areas: [north])])
        let times = coverage.slices[0].times.ranges[0]
        #expect(times.lowerBound % (1 << 30) == 0 && times.upperBound % (1 << 30) == 0)
        #expect(times.contains(day(0).microseconds) && times.contains(day(0.001).microseconds - 1))
    }

    @Test("at one time the sky is covered as a map of space alone says")
    func space() {
        let coverage = coverage([.init(start: day(0), end: day(1), areas: [north, south])])
        #expect(coverage.slices[0].space == SkyCoverage(order: 8, areas: [north, south]).cells)
    }

    @Test("nothing is covered by no parts, by no areas and in no time")
    func empty() {
        #expect(coverage([]).isEmpty)
        #expect(coverage([.init(start: day(0), end: day(1), areas: [])]).isEmpty)
        let whole = SpaceTimeCoverage(
            timeOrder: 61, spaceOrder: 8,
            parts: [.init(start: day(1), end: day(1), areas: [north])])
        #expect(whole.isEmpty)
    }
}
