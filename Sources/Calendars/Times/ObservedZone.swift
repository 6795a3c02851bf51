/// A VTIMEZONE (RFC 5545 section 3.6.5): its observances, and from them when its clock changes.
final class ObservedZone {
    private let observances: [Observance]
    private let budget: RecurrenceBudget
    /// When the clock changes, sorted, and the offset from then on.
    private var changes: [(at: Int, offset: Int)] = []
    /// Until when the changes are known.
    private var horizon = Int.min
    /// The offset before the first change.
    private var first = 0

    /// The zone of at least one observance.
    ///
    /// - Throws: where the clock changes too often until `horizon`, in seconds since 1970.
    init(
        _ observances: [Observance], through horizon: Int, budget: RecurrenceBudget
    ) throws(RecurrenceRule.Fault) {
        self.observances = observances
        self.budget = budget
        try extend(through: horizon)
    }

    /// Makes sure that the changes until an instant are known.
    func extend(through instant: Int) throws(RecurrenceRule.Fault) {
        guard instant > horizon else { return }
        // Further ahead, so that the calendar's times do not each add a little.
        let age = instant - (observances.map(\.start).min() ?? instant)
        let horizon = instant + max(0, age) / 4 + 366 * 86400
        var onsets: [(at: Int, from: Int, to: Int)] = []
        for observance in observances {
            for onset in try observance.onsets(through: horizon, budget: budget) {
                onsets.append((onset, observance.offsetFrom, observance.offsetTo))
            }
        }
        // Swift's sort is stable: of two at once the later in the file counts.
        onsets.sort { $0.at < $1.at }
        let earliest = observances.min { $0.start - $0.offsetFrom < $1.start - $1.offsetFrom }
        first = onsets.first?.from ?? earliest?.offsetFrom ?? 0
        changes = onsets.map { ($0.at, $0.to) }
        self.horizon = horizon
    }

    /// Seconds east of UTC at an instant.
    func offset(at posixSeconds: Int) -> Int {
        let index = changeCount(before: posixSeconds)
        return index == 0 ? first : changes[index - 1].offset
    }

    /// The instant at which the wall's clock shows `wall`: the first where it does so twice; where
    /// it skips `wall`, by the offset before.
    func posixSeconds(wall: Int) -> Int {
        // Offsets are below a day, so that only the changes around can matter.
        let last = changeCount(before: wall + 86400)
        var index = changeCount(before: wall - 86400)
        var offset = index == 0 ? first : changes[index - 1].offset
        while index < last {
            // Before the change, or skipped by it.
            if wall - offset < changes[index].at { return wall - offset }
            let next = changes[index].offset
            if wall - next < changes[index].at { return wall - offset }
            offset = next
            index += 1
        }
        return wall - offset
    }

    /// How many changes there have been at an instant, those of that instant included.
    private func changeCount(before posixSeconds: Int) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= posixSeconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
