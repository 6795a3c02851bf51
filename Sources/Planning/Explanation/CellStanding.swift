import GroundSegment

/// A measure of an SDC that is outside a tolerance, or a sum that breaks a hard rule.
struct CellStanding: Hashable, Sendable {
    let rule: Rule
    let sdc: Int
    /// -1 where it is about the period.
    let bucket: Int

    enum Rule: String, Hashable, Sendable {
        case capacity = "H2", storageFull = "H3"
        case work = "T1", observations = "T2", storage = "T3", gap = "T4"

        var isHard: Bool { self == .capacity || self == .storageFull }
        var meaning: String {
            switch self {
            case .capacity: "work over capacity"
            case .storageFull: "storage full"
            case .work: "work outside its tolerance"
            case .observations: "observations outside their tolerance"
            case .storage: "new bytes outside their tolerance"
            case .gap: "a wait too long"
            }
        }
    }
}

extension SearchState {
    /// What is outside or broken at some SDCs, in one bucket and over the period.
    func standings(bucket: Int, sdcs: [Int]) -> Set<CellStanding> {
        var found: Set<CellStanding> = []
        for sdc in sdcs {
            func note(_ isOutside: Bool, _ rule: CellStanding.Rule, _ bucket: Int) {
                if isOutside { found.insert(CellStanding(rule: rule, sdc: sdc, bucket: bucket)) }
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
            note(isFull, .storageFull, -1)
            note(
                !isOver && isOutside(work, cell.workLower, cell.workUpper), .work,
                bucket)
            note(
                isOutside(count, cell.countLower, cell.countUpper), .observations,
                bucket)
            note(
                !isFull && isOutside(volume, model.storageLower[sdc], model.storageUpper[sdc]),
                .storage, -1)
            note(gapExcess[sdc] > Bands.roundingTolerance, .gap, -1)
        }
        return found
    }

    private func isOutside(_ value: Double, _ lower: Double, _ upper: Double) -> Bool {
        max(lower - value, value - upper) > Bands.roundingTolerance
    }
}
