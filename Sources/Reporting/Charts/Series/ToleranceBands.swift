import GroundSegment
import Planning

/// The bands of T1 to T3 for a plan's SDCs (DISTRIBUTION section 2), and which loads lie at the
/// edge of theirs.
struct ToleranceBands {
    private let plan: Plan
    /// Observations that arrive in each bucket.
    private let received: [Double]
    /// What the SDCs can do together in each bucket, core-hours.
    private let capacity: [Double]
    /// The largest item of the period, core-hours and TB.
    private let largestWork: Double
    private let largestVolume: Double

    init(_ plan: Plan) {
        self.plan = plan
        let loads = plan.measures.loads
        let buckets = plan.distribution.buckets.count
        received = (0..<buckets).map { bucket in
            Double(loads.reduce(0) { $0 + $1.buckets[bucket].observations })
        }
        let distribution = plan.distribution
        let processing = distribution.processing
        if processing.isUniform {
            largestWork = max(processing.observationWork, processing.tileWork).value
            largestVolume = max(processing.observationVolume, processing.tileVolume).value
        } else {
            let works =
                distribution.observations.map(processing.work)
                + distribution.tiles.map(processing.work)
            let volumes =
                distribution.observations.map(processing.volume)
                + distribution.tiles.map(processing.volume)
            largestWork = works.max()?.value ?? 0
            largestVolume = volumes.max()?.value ?? 0
        }
        capacity = (0..<buckets).map { bucket in
            loads.reduce(0) { $0 + $1.buckets[bucket].capacity.value }
        }
    }

    /// Core-hours that T1 allows.
    func work(_ load: BucketLoad) -> ClosedRange<Double> {
        Self.band(load.target.value, plan.balance.work, grain: largestWork)
    }

    /// Observations that T2 allows an SDC to receive in a bucket.
    func observations(_ load: BucketLoad, bucket: Int) -> ClosedRange<Double> {
        let share = load.capacity.value / max(capacity[bucket], 1e-9)
        return Self.band(share * received[bucket], plan.balance.observations, grain: 1)
    }

    /// New TB that T3 allows.
    func storage(_ load: SDCLoad) -> ClosedRange<Double> {
        Self.band(load.targetVolume.value, plan.balance.storage, grain: largestVolume)
    }

    private static func band(
        _ target: Double, _ tolerance: Double, grain: Double
    ) -> ClosedRange<Double> {
        let width = max(tolerance * target, grain)
        return (target - width)...(target + width)
    }
}

/// Where the loads of one SDC stand at the edge of what the rules allow: one tile or observation
/// more, or one less, would leave it.
struct EdgeCells {
    let sdc: ID<SDC>
    /// Buckets that can take no further tile for T1, and buckets that can give none away.
    let fullOfWork: [Int]
    let emptyOfWork: [Int]
    /// The same for observations and T2.
    let fullOfObservations: [Int]
    let emptyOfObservations: [Int]
    /// Buckets that can take no further tile for H2.
    let atCapacity: [Int]
    /// Whether the SDC can take no replica of a tile more for T3, and whether it can give none
    /// away.
    let isFullOfData: Bool
    let isEmptyOfData: Bool

    /// Whether nothing binds at the SDC.
    var isFree: Bool {
        fullOfWork.isEmpty && emptyOfWork.isEmpty && fullOfObservations.isEmpty
            && emptyOfObservations.isEmpty && atCapacity.isEmpty && !isFullOfData && !isEmptyOfData
    }

    init(_ load: SDCLoad, plan: Plan) {
        let bands = ToleranceBands(plan)
        let smallest = SmallestTiles(plan.distribution)
        let rounding = 1e-6
        func places(_ test: (Int, BucketLoad) -> Bool) -> [Int] {
            load.buckets.indices.filter { test($0, load.buckets[$0]) }
        }
        sdc = load.sdc
        fullOfWork = places {
            $1.work.value + smallest.work(in: $0) > bands.work($1).upperBound + rounding
        }
        emptyOfWork = places {
            $1.tiles > 0
                && $1.work.value - smallest.work(in: $0) < bands.work($1).lowerBound - rounding
        }
        fullOfObservations = places {
            Double($1.observations + 1)
                > bands.observations($1, bucket: $0).upperBound + rounding
        }
        emptyOfObservations = places {
            $1.observations > 0
                && Double($1.observations - 1)
                    < bands.observations($1, bucket: $0).lowerBound - rounding
        }
        atCapacity = places {
            $1.work.value + smallest.work(in: $0) > $1.capacity.value + rounding
        }
        let volume = smallest.volume
        isFullOfData = load.newVolume.value + volume > bands.storage(load).upperBound + rounding
        isEmptyOfData = load.newVolume.value - volume < bands.storage(load).lowerBound - rounding
    }
}

/// The tiles that take least, which are the first to fit where there is little room.
private struct SmallestTiles {
    /// TB of the period's smallest.
    let volume: Double
    private let works: [Int: Double]
    private let ordinary: Double

    init(_ distribution: Distribution) {
        let processing = distribution.processing
        ordinary = processing.tileWork.value
        guard !processing.isUniform else {
            works = [:]
            volume = processing.tileVolume.value
            return
        }
        works = Dictionary(
            distribution.tiles.map { ($0.bucket, processing.work(of: $0).value) },
            uniquingKeysWith: min)
        volume =
            distribution.tiles.map(processing.volume).min()?.value ?? processing.tileVolume.value
    }

    /// Core-hours of the smallest tile of a bucket.
    func work(in bucket: Int) -> Double { works[bucket] ?? ordinary }
}
