import GroundSegment
import LinearProgramming

extension RelaxationSearch {
    /// How far observations are postponed at most, days.
    private static var farthestDelay: Int { 28 }
    /// The part of the period's observations that may be asked to come later.
    private static var mostPart: Double { 0.25 }

    /// The fewest observations of a bucket that is short of capacity which, made later by the
    /// fewest days, are processed in a later bucket; or the fewest days by which those come after
    /// an outage that leaves them no SDC.  `nil` where none within the period are enough.
    func postponed() throws(SolverError) -> CaseChange? {
        if let bucket = conflict.bucket { return try postponed(outOf: bucket) }
        return conflict.items.isEmpty ? nil : try postponedAfterOutages()
    }

    private var most: Int { Int(Self.mostPart * Double(before.observations.count)) }

    private func postponed(outOf bucket: Int) throws(SolverError) -> CaseChange? {
        let end = planningCase.buckets[bucket].end
        // The last come first: they need the fewest days.
        let last = before.items.observations.filter { before.items.buckets[$0] == bucket }
            .sorted { (before.items.instants[$0], $0) > (before.items.instants[$1], $1) }
        func change(_ count: Int) -> CaseChange? {
            guard let first = last.prefix(count).last else { return nil }
            let days = (end - before.items.instants[first]).rounded(.up)
            return postponing(Array(last.prefix(count)), by: Int(max(1, min(days, 1e6))))
        }
        var low = 1
        var high = min(most, last.count)
        // Fewer of them stay within the period where more do not.
        while high > 0, change(high) == nil { high -= 1 }
        guard high > 0, let all = change(high), try isEnough([all]) else { return nil }
        while low < high {
            let middle = (low + high) / 2
            if let change = change(middle), try isEnough([change]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return change(low)
    }

    private func postponedAfterOutages() throws(SolverError) -> CaseChange? {
        let windows = conflict.rules.compactMap { rule -> TimeWindow? in
            if case .outage(_, let window) = rule { window.window } else { nil }
        }
        let items = before.items
        let hit = items.observations.filter { number in
            windows.contains { $0.contains(items.instants[number]) }
        }
        guard !windows.isEmpty, !hit.isEmpty, hit.count <= most else { return nil }
        for days in 1...Self.farthestDelay {
            guard let change = postponing(hit, by: days) else { return nil }
            if try isEnough([change]) { return change }
        }
        return nil
    }

    /// `nil` where one of them would be made after the period, or much later.
    private func postponing(_ numbers: [ItemIndex], by days: Int) -> CaseChange? {
        let observations = numbers.sorted().map { before.observations[$0] }
        guard days <= Self.farthestDelay,
            observations.allSatisfy({
                planningCase.period.contains($0.window.start + Double(days))
            })
        else { return nil }
        return .postpone(observations.map(\.id), days: days)
    }
}
