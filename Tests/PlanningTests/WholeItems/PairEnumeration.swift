import GroundSegment

@testable import Planning

/// Whether a small problem has a distribution that keeps the hard rules: all pairs of all items
/// are tried, item by item.
final class PairEnumeration {
    private struct Item {
        let isObservation: Bool
        let bucket: Int
        let pairs: [(primary: Int, secondary: Int)]
    }

    /// Counts of observations and tiles: primaries by bucket and SDC, then replicas by SDC.
    private typealias Counts = [UInt8]

    private var items: [Item] = []
    private let planningCase: PlanningCase
    private let sdcCount: Int
    private let cells: Int
    private let capacity: [Double]
    private var deadEnds: [Set<Counts>]

    init(_ problem: Problem) {
        planningCase = problem.planningCase
        sdcCount = problem.sdcs.count
        cells = problem.bucketCount * sdcCount
        let buckets = problem.planningCase.buckets
        let sdcs = problem.sdcs
        capacity = (0..<buckets.count).flatMap { bucket in
            sdcs.map { $0.capacity(over: buckets[bucket]).value }
        }
        let rules = EnumerationRules(problem)
        let observationCount = problem.observations.count
        let before = problem.revision?.baseline?.assignments
        let freeze = problem.planningCase.rules.freezeBefore
        let itemBuckets = problem.items.buckets
        items = itemBuckets.indices.map { item in
            let isFrozen =
                item < observationCount && freeze.map { problem.items.instants[item] < $0 } == true
            var pairs: [(primary: Int, secondary: Int)] = []
            for one in sdcs.indices where rules.mayBePrimary(item, one) {
                for other in sdcs.indices where other != one && rules.mayBeSecondary(item, other) {
                    let pair = Assignment(primary: sdcs[one].id, secondary: sdcs[other].id)
                    if isFrozen, let before, before[item] != pair { continue }
                    pairs.append((one, other))
                }
            }
            return Item(
                isObservation: item < observationCount, bucket: itemBuckets[item], pairs: pairs)
        }
        deadEnds = Array(repeating: [], count: items.count)
    }

    /// Whether there is a distribution.
    var isFeasible: Bool {
        let overfull = planningCase.sdcs.contains {
            $0.used.value > $0.storage.value * (1 + 1e-9)
        }
        guard !overfull else { return false }
        return isFeasible(0, Counts(repeating: 0, count: 2 * (cells + sdcCount)))
    }

    private func isFeasible(_ number: Int, _ counts: Counts) -> Bool {
        guard number < items.count else { return true }
        guard !deadEnds[number].contains(counts) else { return false }
        let item = items[number]
        let kind = item.isObservation ? 0 : 1
        for (one, other) in item.pairs {
            let cell = item.bucket * sdcCount + one
            var next = counts
            next[2 * cell + kind] += 1
            next[2 * (cells + one) + kind] += 1
            next[2 * (cells + other) + kind] += 1
            guard keepsCapacity(next, cell), keepsStorage(next, one), keepsStorage(next, other)
            else { continue }
            if isFeasible(number + 1, next) { return true }
        }
        deadEnds[number].insert(counts)
        return false
    }

    private func keepsCapacity(_ counts: Counts, _ cell: Int) -> Bool {
        let work =
            Double(counts[2 * cell]) * planningCase.processing.observationWork.value
            + Double(counts[2 * cell + 1]) * planningCase.processing.tileWork.value
        return work <= capacity[cell] * (1 + 1e-9)
    }

    private func keepsStorage(_ counts: Counts, _ place: Int) -> Bool {
        let sdc = planningCase.sdcs[place]
        let volume =
            Double(counts[2 * (cells + place)])
            * planningCase.processing.observationVolume.value
            + Double(counts[2 * (cells + place) + 1]) * planningCase.processing.tileVolume.value
        return sdc.used.value + volume <= sdc.storage.value * (1 + 1e-9)
    }
}
