import Foundation
import GroundSegment
import Testing

@Suite struct CalibrationTests {
    private static let sdcs = [
        SDC(id: "SDC-DE", name: "", cores: 4000, efficiency: 0.6, storage: Terabytes(1)),
        SDC(id: "SDC-FR", name: "", cores: 2000, efficiency: 0.6, storage: Terabytes(1)),
        SDC(id: "SDC-IT", name: "", cores: 2000, efficiency: 0.6, storage: Terabytes(1)),
    ]
    private static let processing = Processing(
        observationWork: CoreHours(10), observationVolume: Terabytes(1), tileWork: CoreHours(40),
        tileVolume: Terabytes(1))

    /// Items of SDCs whose efficiencies and work are these; `noise` is the standard deviation of
    /// their logarithms.
    private static func measures(
        _ efficiencies: [Double], works: [Double], items: Int, noise: Double, seed: UInt64
    ) -> [ItemMeasure] {
        var random = LinearCongruence(state: seed)
        return zip(sdcs, efficiencies).flatMap { sdc, efficiency in
            (0..<items).map { number in
                let kind: ItemKind = number.isMultiple(of: 3) ? .tile : .observation
                let work = kind == .tile ? works[1] : works[0]
                let hours = work / efficiency * exp(noise * random.normal() - noise * noise / 2)
                return ItemMeasure(
                    sdc: sdc.id, kind: kind, occupied: CoreHours(hours),
                    busy: CoreHours(hours * 0.9))
            }
        }
    }

    @Test("without noise the efficiencies and the work that were put in come back")
    func exact() throws {
        // The mean of the logarithms, weighted by cores, is that of 0.6.
        let calibration = Calibration(
            Self.measures([0.6, 0.4, 0.9], works: [12, 36], items: 9, noise: 0, seed: 1),
            sdcs: Self.sdcs, processing: Self.processing)
        let efficiencies = calibration.centres.compactMap(\.efficiency.measured)
        #expect(zip(efficiencies, [0.6, 0.4, 0.9]).allSatisfy { abs($0 / $1 - 1) < 1e-9 })
        let works = calibration.works.compactMap(\.work.measured)
        #expect(zip(works, [12, 36]).allSatisfy { abs($0 / $1 - 1) < 1e-9 })
        #expect(calibration.centres.map { $0.busy.map { ($0 * 100).rounded() } } == [90, 90, 90])
        #expect(
            calibration.proposals.map(\.field) == [
                .efficiency("SDC-FR"), .efficiency("SDC-IT"), .work(.observation), .work(.tile),
            ])
        #expect(calibration.proposals.map(\.value) == [0.4, 0.9, 12, 36])
    }

    @Test("where an efficiency would be above 1 all are less, and so is the work")
    func atMostOne() {
        let calibration = Calibration(
            Self.measures([0.6, 0.3, 1.2], works: [12, 36], items: 9, noise: 0, seed: 1),
            sdcs: Self.sdcs, processing: Self.processing)
        let efficiencies = calibration.centres.compactMap(\.efficiency.measured)
        #expect(zip(efficiencies, [0.5, 0.25, 1]).allSatisfy { abs($0 / $1 - 1) < 1e-9 })
        let works = calibration.works.compactMap(\.work.measured)
        #expect(zip(works, [10, 30]).allSatisfy { abs($0 / $1 - 1) < 1e-9 })
    }

    @Test("with noise 95 % of the intervals hold the truth, within what chance allows")
    func coverage() {
        var (inside, all) = (0, 0)
        for seed in 1...300 {
            let truth = [0.6, 0.5, 0.72]
            let calibration = Calibration(
                Self.measures(truth, works: [12, 36], items: 40, noise: 0.2, seed: UInt64(seed)),
                sdcs: Self.sdcs, processing: Self.processing)
            for (centre, expected) in zip(calibration.centres, truth) {
                guard let found = centre.efficiency.measured, let spread = centre.efficiency.spread
                else { continue }
                all += 1
                inside += abs(found / expected - 1) <= spread ? 1 : 0
            }
        }
        #expect(all == 900)
        #expect(Double(inside) / Double(all) > 0.93)
    }

    @Test("an SDC with too few items keeps its efficiency, and does not disturb the others")
    func few() {
        var measures = Self.measures(
            [0.6, 0.6, 0.6], works: [10, 40], items: 9, noise: 0, seed: 1)
        measures = measures.filter { $0.sdc != "SDC-IT" }
        measures += Array(
            repeating: ItemMeasure(
                sdc: "SDC-IT", kind: .tile, occupied: CoreHours(4000), busy: CoreHours(1)),
            count: Calibration.fewest - 1)
        let calibration = Calibration(measures, sdcs: Self.sdcs, processing: Self.processing)
        #expect(calibration.centres[2].efficiency.measured == nil)
        #expect(calibration.centres[2].efficiency.items == 4)
        #expect(calibration.proposals.isEmpty)
    }

    @Test("no measures propose nothing")
    func none() {
        let calibration = Calibration([], sdcs: Self.sdcs, processing: Self.processing)
        #expect(calibration.proposals.isEmpty)
        #expect(calibration.works.map(\.work.measured) == [nil, nil])
    }
}

/// Numbers that look random and are the same every time (Knuth, MMIX).
private struct LinearCongruence {
    var state: UInt64

    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }

    /// Box and Muller.
    mutating func normal() -> Double {
        (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
    }
}
