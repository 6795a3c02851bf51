/// The load of an SDC in one bucket, and what the rules allow there (H2, T1, T2).
///
/// What one change reads lies together, so that it comes into the cache at once.
struct SearchCell: BitwiseCopyable {
    var observations: Int32 = 0
    var tiles: Int32 = 0
    /// Core-hours that unequal items take beyond ordinary ones.
    var extra = 0.0
    /// What the cell costs now at a weight of 1.
    var penalty = 0.0
    /// Core-hours within the tolerance and the capacity, and those that can be done at all.
    let workLower: Double
    let workUpper: Double
    let capacity: Double
    let countLower: Double
    let countUpper: Double

    /// What a broken hard rule counts where a cell outside its tolerance counts 1: more than all
    /// tolerances that breaking it could mend.
    static let breach = 100.0

    /// Items that come to a cell, or leave it where they count less than 0.
    struct Change: BitwiseCopyable {
        let observations: Int32
        let tiles: Int32
        /// Core-hours that they take beyond ordinary ones.
        let extra: Double

        /// The same the other way.
        @inline(__always)
        static prefix func - (change: Change) -> Change {
            Change(
                observations: -change.observations, tiles: -change.tiles, extra: -change.extra)
        }
    }

    /// The core-hours of so many items.
    @inline(__always)
    private static func work(
        _ observations: Int32, _ tiles: Int32, _ extra: Double, _ unit: SearchModel.WorkUnits
    ) -> Double {
        Double(observations) * unit.observation + Double(tiles) * unit.tile + extra
    }

    /// The core-hours of the cell.
    func work(_ unit: SearchModel.WorkUnits) -> Double {
        Self.work(observations, tiles, extra, unit)
    }

    /// What it costs at a weight of 1 that the work or the count of observations is outside.
    @inline(__always)
    private func penalty(
        _ observations: Int32, _ tiles: Int32, _ extra: Double, _ unit: SearchModel.WorkUnits
    ) -> Double {
        let count = Double(observations)
        let work = Self.work(observations, tiles, extra, unit)
        var penalty = 0.0
        let outside = max(workLower - work, work - workUpper)
        if outside > Bands.roundingTolerance || work > capacity {
            penalty += 1 + outside * unit.perGrain
            let beyond = work - capacity
            if beyond > 0 { penalty += Self.breach * (1 + beyond * unit.perGrain) }
        }
        let countOutside = max(countLower - count, count - countUpper)
        if countOutside > Bands.roundingTolerance { penalty += 1 + countOutside }
        return penalty
    }

    /// By how much the penalty changes when the load does, at a weight of 1.
    @inline(__always)
    func penaltyChange(_ change: Change, work unit: SearchModel.WorkUnits) -> Double {
        penalty(
            observations + change.observations, tiles + change.tiles, extra + change.extra, unit)
            - penalty
    }

    /// Changes the load.
    @inline(__always)
    mutating func add(_ change: Change, work unit: SearchModel.WorkUnits) {
        observations += change.observations
        tiles += change.tiles
        extra += change.extra
        penalty = penalty(observations, tiles, extra, unit)
    }
}
