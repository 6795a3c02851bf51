import GroundSegment

@testable import Planning

/// The best distribution of a small problem: all are tried, with sums of their own.
///
/// First come all primaries, which decide work, observations and waits; then, from the best of
/// these on, the secondaries of those that could still win.
final class Enumeration {
    /// What makes a distribution better than another: fewer cells outside, then less relative
    /// excess, then fewer TB (C1, C2 and F); what differs by 1e-9 or less is equal.
    struct Value: Comparable {
        var cells = 0
        var excess = 0.0
        var cost = 0.0

        static func < (left: Value, right: Value) -> Bool {
            if left.cells != right.cells { return left.cells < right.cells }
            if abs(left.excess - right.excess) > 1e-9 { return left.excess < right.excess }
            return left.cost < right.cost - 1e-9
        }

        /// The value that the checker finds.
        init(_ measures: Measures, weights: Weights) {
            cells = measures.outside.count
            excess = measures.outside.reduce(0) { $0 + $1.relativeExcess }
            cost = measures.cost.value + weights.failover * measures.failoverVolume.value
        }

        init() {}

        mutating func addCell(_ value: Double, target: Double, band: Double) {
            let outside = abs(value - target) - band
            guard outside > 1e-6 else { return }
            cells += 1
            excess += outside / max(target, 1e-9)
        }
    }

    let rules: EnumerationRules
    private var primary: [Int]
    private var secondary: [Int]
    /// The value of the primaries alone; secondaries add to it.
    private var base = Value()
    private var copyCost = 0.0
    private(set) var best: Value?
    private(set) var bestPairs: [(primary: Int, secondary: Int)] = []

    init(_ problem: Problem) {
        rules = EnumerationRules(problem)
        primary = Array(repeating: 0, count: rules.itemCount)
        secondary = primary
        var candidates: [(value: Value, primary: [Int])] = []
        collect(0, into: &candidates)
        candidates.sort { $0.value < $1.value }
        for candidate in candidates {
            if let best, best < candidate.value { break }
            base = candidate.value
            primary = candidate.primary
            descend(0)
        }
    }

    /// The best distribution; `nil` where none keeps the hard rules.
    var placement: Placement? {
        guard best != nil else { return nil }
        return Placement(
            primary: bestPairs.map { UInt8($0.primary) },
            secondary: bestPairs.map { UInt8($0.secondary) })
    }

    private func collect(_ item: Int, into found: inout [(value: Value, primary: [Int])]) {
        if item == rules.itemCount {
            if let value = rules.value(primary: primary) { found.append((value, primary)) }
            return
        }
        for sdc in 0..<rules.sdcCount where rules.mayBePrimary(item, sdc) {
            primary[item] = sdc
            collect(item + 1, into: &found)
        }
    }

    private func descend(_ item: Int) {
        if item == rules.observationCount {
            copyCost = rules.copyCost(owners: primary, primary, secondary)
            var least = base
            least.cost += copyCost
            if let best, !(least < best) { return }
        }
        if item == rules.itemCount {
            finish()
            return
        }
        for sdc in 0..<rules.sdcCount where sdc != primary[item] && rules.mayBeSecondary(item, sdc)
        {
            secondary[item] = sdc
            descend(item + 1)
        }
    }

    private func finish() {
        var value = base
        guard rules.addStorage(primary, secondary, to: &value) else { return }
        value.cost +=
            copyCost + rules.failoverWeight * rules.copyCost(owners: secondary, primary, secondary)
        if let best, !(value < best) { return }
        guard rules.keepsTransfers(primary, secondary) else { return }
        if best.map({ value < $0 }) ?? true {
            best = value
            bestPairs = zip(primary, secondary).map { ($0, $1) }
        }
    }
}
