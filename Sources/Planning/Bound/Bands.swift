import GroundSegment

/// What the tolerances and the capacity allow each SDC in each bucket (H2, T1, T2) and over the
/// period (H3, T3).
///
/// Arrays by bucket and SDC hold the entry of bucket w and SDC s at w * sdcCount + s.
struct Bands: Sendable {
    /// A closed range of a measure around its target.
    struct Band: Sendable, Equatable {
        let target: Double
        let lower: Double
        let upper: Double

        /// How far `value` lies outside, beyond rounding; 0 within.
        func excess(_ value: Double) -> Double {
            let outside = max(lower - value, value - upper)
            return outside > Bands.roundingTolerance ? outside : 0
        }
    }

    /// What counts as rounding in every comparison with a tolerance.
    static let roundingTolerance = 1e-6

    /// Core-hours.
    let work: [Band]
    /// Observations received.
    let observations: [Band]
    /// Core-hours that can be done at all.
    let capacity: [Double]
    /// New bytes of each SDC over the period, TB.
    let storage: [Band]
    /// New bytes that fit at each SDC, TB.
    let freeStorage: [Double]

    init(_ problem: Problem) {
        self.init(
            sdcs: problem.sdcs, buckets: problem.planningCase.buckets,
            processing: problem.processing, balance: problem.balance,
            items: problem.items)
    }

    init(
        sdcs: [SDC], buckets: Buckets, processing: Processing, balance: Balance,
        items: PlannedItems
    ) {
        let works = ItemAmounts.work(items, processing)
        let volumes = ItemAmounts.volume(items, processing)
        var totals = [ItemAmounts.Sum](repeating: ItemAmounts.Sum(), count: buckets.count)
        for item in items.indices { totals[items.buckets[item]].add(item, of: works) }
        let spans = (0..<buckets.count).map { buckets[$0] }
        let shares = Problem.shares(of: sdcs, over: spans)
        var work: [Band] = []
        var observations: [Band] = []
        var capacity: [Double] = []
        for (bucket, span) in spans.enumerated() {
            let total = totals[bucket].value(works)
            for (place, sdc) in sdcs.enumerated() {
                let share = shares[place][bucket]
                work.append(Self.band(share * total, balance.work, grain: works.largest))
                observations.append(
                    Self.band(
                        share * Double(totals[bucket].observations), balance.observations,
                        grain: 1))
                capacity.append(sdc.capacity(over: span).value)
            }
        }
        self.work = work
        self.observations = observations
        self.capacity = capacity
        let newVolume = volumes.ofBothReplicas(items)
        let allStorage = sdcs.reduce(0) { $0 + $1.storage.value }
        storage = sdcs.map {
            Self.band(
                newVolume * $0.storage.value / allStorage, balance.storage,
                grain: volumes.largest)
        }
        freeStorage = sdcs.map { $0.storage.value - $0.occupied.value }
    }

    private static func band(_ target: Double, _ tolerance: Double, grain: Double) -> Band {
        let width = max(tolerance * target, grain)
        return Band(target: target, lower: target - width, upper: target + width)
    }
}
