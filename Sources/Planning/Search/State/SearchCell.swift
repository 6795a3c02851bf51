/// The load of an SDC in one bucket, and what the rules allow there (H2, T1, T2).
///
/// What one change reads lies together, so that it comes into the cache at once.
struct SearchCell: BitwiseCopyable {
    var observations: Int32 = 0
    var tiles: Int32 = 0
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

    /// What it costs at a weight of 1 that the work or the count of observations is outside.
    @inline(__always)
    func penalty(observations: Int32, tiles: Int32, work unit: SearchModel.WorkUnits) -> Double {
        let count = Double(observations)
        let work = count * unit.observation + Double(tiles) * unit.tile
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
    func penaltyChange(observations: Int32, tiles: Int32, work unit: SearchModel.WorkUnits)
        -> Double
    {
        penalty(
            observations: self.observations + observations, tiles: self.tiles + tiles, work: unit)
            - penalty
    }

    /// Changes the load.
    @inline(__always)
    mutating func add(observations: Int32, tiles: Int32, work unit: SearchModel.WorkUnits) {
        self.observations += observations
        self.tiles += tiles
        penalty = penalty(observations: self.observations, tiles: self.tiles, work: unit)
    }
}
