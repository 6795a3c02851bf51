import GroundSegment
import SkyGeometry

@testable import Planning

/// Draws planning cases so small that all their distributions can be tried.
struct RandomCase {
    private var random: SeededGenerator
    private let sdcCount: Int
    private let days: Double
    private let processing: Processing

    /// The same seed gives the same case.
    ///
    /// - Parameter isUneven: whether kinds have values of their own, tiles take more for their
    ///   observations, transfers are limited and work is reserved.
    static func make(seed: UInt64, isUneven: Bool = false) -> PlanningCase {
        var maker = RandomCase(seed: seed)
        let even = maker.planningCase(name: "random-\(seed)")
        return isUneven ? maker.uneven(even) : even
    }

    private mutating func uneven(_ even: PlanningCase) -> PlanningCase {
        let processing = Processing(
            observationWork: even.processing.observationWork,
            observationVolume: even.processing.observationVolume,
            latency: even.processing.latency, tileWork: even.processing.tileWork,
            tileVolume: even.processing.tileVolume,
            tileWorkPerObservation: CoreHours(one(of: [0, 1, 4.5])),
            tileVolumePerObservation: Terabytes(one(of: [0, 0.02, 0.07])),
            kinds: [
                "CALIBRATION": Processing.KindValues(
                    work: CoreHours(one(of: [2, 9, 30])),
                    volume: Terabytes(one(of: [0, 0.01, 0.2])),
                    latency: random.below(2) == 0 ? nil : 1.1)
            ])
        let all = even.with(processing: processing)
        let items = Problem(all).volume
        let volume = items.ofBothReplicas(Problem(all).items) / 2
        // What goes out or comes in everywhere, as a rate over the period.
        let rate = volume / (0.45 * 24 * days) / Double(sdcCount)
        func limit() -> Double? {
            random.below(3) == 0 ? nil : rate * one(of: [0.7, 1.2, 2, 4]) * (0.5 + random.unit())
        }
        let sdcs = all.sdcs.map { sdc in
            let reserved = sdc.capacity(over: all.period) * (0.3 * random.unit())
            return sdc.with(
                ingress: limit(), egress: limit(),
                reservations: random.below(3) == 0
                    ? [
                        Reservation(
                            window: TimeWindow(
                                start: SmallCase.start + -1, end: SmallCase.start + days / 2),
                            work: reserved, volume: Terabytes(0.01))
                    ] : [])
        }
        return all.with(sdcs: sdcs, rules: all.rules)
    }

    private init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        sdcCount = 2 + random.below(3)
        days = Double(2 + random.below(5))
        processing = Processing(
            observationWork: CoreHours(Double(5 + random.below(20))),
            observationVolume: Terabytes(0.05), latency: Double(random.below(3)) * 0.4,
            tileWork: CoreHours(Double(5 + random.below(20))), tileVolume: Terabytes(0.12))
    }

    private mutating func planningCase(name: String) -> PlanningCase {
        let grid = RingGrid(step: 2, margin: 0.1)
        // As many items as leave some 100,000 distributions.
        let most = [2: 12, 3: 7, 4: 5][sdcCount] ?? 5
        var observations = observations(1 + random.below(6))
        var overlaps = Overlaps(observations: observations, grid: grid)
        while observations.count + overlaps.tiles.count > most, observations.count > 1 {
            observations.removeLast()
            overlaps = Overlaps(observations: observations, grid: grid)
        }
        let tiles = overlaps.tiles.map(\.id)
        return PlanningCase(
            name: name, survey: SurveyPlan(id: "random", observations: observations),
            sdcs: sdcs(observations: observations.count, tiles: tiles.count), grid: grid,
            buckets: Buckets(
                period: TimeWindow(start: SmallCase.start, end: SmallCase.start + days),
                length: days / Double(1 + random.below(3))),
            processing: processing,
            balance: Balance(
                work: one(of: [0.05, 0.3, 1]), observations: one(of: [0.1, 0.5, 1]),
                storage: one(of: [0.05, 0.3, 1]), gap: one(of: [1, 2, 4, 10])),
            weights: Weights(failover: one(of: [0.1, 0.1, 0.3])),
            rules: rules(items: observations.map { .observation($0.id) } + tiles.map { .tile($0) }))
    }

    private mutating func observations(_ count: Int) -> [Observation] {
        (0..<count).map { index in
            SmallCase.observation(
                String(index), ra: 20 + 4 * random.unit(), dec: 10 + 3 * random.unit(),
                at: 0.999 * days * random.unit(), kind: one(of: ["WIDE_SURVEY", "CALIBRATION"]))
        }
    }

    /// SDCs that have from hardly enough to plenty of cores and storage.
    private mutating func sdcs(observations: Int, tiles: Int) -> [SDC] {
        let work =
            processing.observationWork * Double(observations) + processing.tileWork * Double(tiles)
        let volume =
            (processing.observationVolume * Double(observations) + processing.tileVolume
                * Double(tiles)) * 2
        let cores = work.value / (days * 24) * one(of: [2, 4, 8, 16])
        let storage = volume.value * one(of: [1.5, 2.5, 10])
        let sizes = (0..<sdcCount).map { _ in 0.3 + random.unit() }
        let all = sizes.reduce(0, +)
        return sizes.enumerated().map { index, size in
            SDC(
                id: ID("SDC-\(index)"), name: "Centre \(index)", cores: cores * size / all,
                storage: Terabytes(storage * size / all), ingests: holdings(),
                maintenance: maintenance())
        }
    }

    private mutating func holdings() -> [ExternalHolding] {
        ["DES", "KIDS"].compactMap { survey in
            guard random.below(5) < 2 else { return nil }
            let from = one(of: [0.0, 22])
            return ExternalHolding(
                survey: survey, region: SkyRegion(ra: (from: from, to: 360)),
                volume: Terabytes(survey == "DES" ? 0.03 : 0.012))
        }
    }

    private mutating func maintenance() -> [MaintenanceWindow] {
        guard random.below(5) < 2 else { return [] }
        let start = days * random.unit() * 0.9
        return [
            SmallCase.outage(
                start, start + days * 0.4 * random.unit(), availability: one(of: [0, 0, 0.5]))
        ]
    }

    private mutating func rules(items: [ItemID]) -> ItemRules {
        func sdc() -> ID<SDC> { ID("SDC-\(random.below(sdcCount))") }
        let pins = items.compactMap { item -> Pin? in
            guard random.below(16) == 0 else { return nil }
            return Pin(
                item: item, sdc: sdc(), role: one(of: [.primary, .secondary]),
                until: random.below(3) == 0 ? SmallCase.start + days / 2 : nil)
        }
        var prohibitions = items.compactMap { item -> Prohibition? in
            random.below(32) == 0 ? Prohibition(sdc: sdc(), scope: .item(item)) : nil
        }
        if random.below(10) == 0 {
            prohibitions.append(Prohibition(sdc: sdc(), scope: .kind("CALIBRATION")))
        }
        return ItemRules(pins: pins, prohibitions: prohibitions)
    }

    private mutating func one<Element>(of elements: [Element]) -> Element {
        elements[random.below(elements.count)]
    }
}
