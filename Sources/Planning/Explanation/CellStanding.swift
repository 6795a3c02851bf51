public import GroundSegment

/// A measure of an SDC that is outside a tolerance, or a sum that breaks a hard rule.
public struct CellStanding: Hashable, Sendable {
    public let rule: Rule
    public let sdc: ID<SDC>
    /// `nil` where it is about the period.
    public let bucket: Int?

    /// The tolerances, and the hard rules that are about sums (DISTRIBUTION section 2).
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        case capacity = "H2", storageFull = "H3"
        case work = "T1", observations = "T2", storage = "T3", gap = "T4"

        public var isHard: Bool { self == .capacity || self == .storageFull }
    }
}

extension SearchState {
    /// What is outside or broken at some SDCs, in one bucket and over the period.
    ///
    /// - Parameter ids: the identifiers of all SDCs.
    func standings(bucket: Int, sdcs: [Int], ids: [ID<SDC>]) -> Set<CellStanding> {
        var found: Set<CellStanding> = []
        for sdc in sdcs {
            func note(_ isOutside: Bool, _ rule: CellStanding.Rule, _ bucket: Int?) {
                guard isOutside else { return }
                found.insert(CellStanding(rule: rule, sdc: ids[sdc], bucket: bucket))
            }
            let cell = cells[bucket * sdcCount + sdc]
            let count = Double(cell.observations)
            let work = count * model.work.observation + Double(cell.tiles) * model.work.tile
            let isOver = work > cell.capacity
            let volume =
                Double(observationsAt[sdc]) * model.observationVolume + Double(tilesAt[sdc])
                * model.tileVolume
            let isFull = volume > model.storageMost[sdc]
            note(isOver, .capacity, bucket)
            note(isFull, .storageFull, nil)
            note(
                !isOver && isOutside(work, cell.workLower, cell.workUpper), .work,
                bucket)
            note(
                isOutside(count, cell.countLower, cell.countUpper), .observations,
                bucket)
            note(
                !isFull && isOutside(volume, model.storageLower[sdc], model.storageUpper[sdc]),
                .storage, nil)
            note(gapExcess[sdc] > Bands.roundingTolerance, .gap, nil)
        }
        return found
    }

    private func isOutside(_ value: Double, _ lower: Double, _ upper: Double) -> Bool {
        max(lower - value, value - upper) > Bands.roundingTolerance
    }
}
