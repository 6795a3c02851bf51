import GroundSegment
import Planning

/// What an SDC gets in a part of the period, summed over its buckets.
struct PartLoad {
    let observations: Int
    let tiles: Int
    /// Core-hours, as all below.
    let work: Double
    let target: Double
    let capacity: Double
    /// What T1 tolerates; the sum of what it tolerates in each bucket.
    let tolerated: ClosedRange<Double>

    init(_ load: SDCLoad, in part: PeriodParts.Part, bands: ToleranceBands) {
        let cells = load.buckets[part.buckets]
        observations = cells.reduce(0) { $0 + $1.observations }
        tiles = cells.reduce(0) { $0 + $1.tiles }
        work = cells.reduce(0) { $0 + $1.work.value }
        target = cells.reduce(0) { $0 + $1.target.value }
        capacity = cells.reduce(0) { $0 + $1.capacity.value }
        let ranges = cells.map(bands.work)
        let lower = ranges.reduce(0) { $0 + max(0, $1.lowerBound) }
        tolerated = lower...max(lower, ranges.reduce(0) { $0 + $1.upperBound })
    }

    /// The part of the capacity that is used; `nil` where there is none.
    var used: Double? { capacity > 0 ? work / capacity : nil }
}
