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
        case inward = "H6 in", outward = "H6 out"
        case work = "T1", observations = "T2", storage = "T3", gap = "T4"

        public var isHard: Bool {
            switch self {
            case .capacity, .storageFull, .inward, .outward: true
            case .work, .observations, .storage, .gap: false
            }
        }
    }
}

extension SearchState {
    /// What is outside or broken at some SDCs, in one bucket and over the period, and what is
    /// over in the transfers of all.
    ///
    /// - Parameter ids: the identifiers of all SDCs.
    func standings(bucket: Int, sdcs: [Int], ids: [ID<SDC>]) -> Set<CellStanding> {
        var found = transferStandings(ids)
        for sdc in sdcs {
            func note(_ isOutside: Bool, _ rule: CellStanding.Rule, _ bucket: Int?) {
                guard isOutside else { return }
                found.insert(CellStanding(rule: rule, sdc: ids[sdc], bucket: bucket))
            }
            let cell = cells[bucket * sdcCount + sdc]
            let count = Double(cell.observations)
            let work = cell.work(model.work)
            let isOver = work > cell.capacity
            let volume = volume(sdc)
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

    /// What is over in any bucket: a copy counts where the first tile that needs it is ready.
    private func transferStandings(_ ids: [ID<SDC>]) -> Set<CellStanding> {
        var found: Set<CellStanding> = []
        for cell in 0..<transferIn.count {
            let isOver = isOverTransfers(cell)
            let (bucket, sdc) = (cell / sdcCount, ids[cell % sdcCount])
            if isOver.inward {
                found.insert(CellStanding(rule: .inward, sdc: sdc, bucket: bucket))
            }
            if isOver.outward {
                found.insert(CellStanding(rule: .outward, sdc: sdc, bucket: bucket))
            }
        }
        return found
    }

    private func isOutside(_ value: Double, _ lower: Double, _ upper: Double) -> Bool {
        max(lower - value, value - upper) > Bands.roundingTolerance
    }
}
