/// A rule from its DTSTART on, expanded on the wall's clock by the table of RFC 5545 section
/// 3.3.10.
///
/// Each period of the rule's frequency has a set of days and a set of times; shorter periods than
/// days are taken a day at a time. What the wall's clock skips is no occurrence and is not counted
/// (section 3.3.10), except for DTSTART, which is always the first.
struct Recurrence {
    typealias Fault = RecurrenceRule.Fault

    /// More occurrences than this are a slip of the pen, such as FREQ=SECONDLY.
    static let limit = 100_000

    let rule: RecurrenceRule
    let start: CalendarTime
    private let until: RecurrenceRule.Until
    private let days: Days
    private let times: Times
    private let budget: RecurrenceBudget

    /// - Parameter until: the rule's UNTIL as it is to be understood beside `start`.
    init(
        _ rule: RecurrenceRule, from start: CalendarTime, until: RecurrenceRule.Until,
        budget: RecurrenceBudget
    ) {
        self.rule = rule
        self.start = start
        self.until = until
        self.budget = budget
        days = Days(rule, start: CivilDate(number: start.day))
        times = Times(rule, start: start)
    }

    /// Whether the rule itself gives DTSTART; where it does not, the set of occurrences is
    /// undefined (section 3.8.5.3).
    func givesStart() throws(Fault) -> Bool {
        var isGiven = false
        try visit(period(of: start.wall)) { wall in
            if wall == start.wall { isGiven = true }
            return wall < start.wall
        }
        return isGiven
    }

    /// The wall's clock at each occurrence up to and with `end`, DTSTART as the first whether or
    /// not the rule gives it.
    ///
    /// - Throws: where there are more than the limit, or where it is open which is the last.
    func walls(through end: Int, limit: Int = limit) throws(Fault) -> [Int] {
        guard start.wall <= end else { return [] }
        var walls = [start.wall]
        let count = rule.count ?? .max
        let end = min(end, CivilDate.lastSecond)
        let last = period(of: end)
        var period = period(of: start.wall)
        var fault: Fault?
        var isDone = walls.count >= count
        while period <= last, !isDone {
            try visit(period) { wall in
                if wall <= start.wall { return true }
                if wall > end || until.isPast(wall) {
                    isDone = true
                } else if start.zone.skips(wall) {
                    return true
                } else {
                    switch until.holds(start.at(wall: wall)) {
                    case true?: walls.append(wall)
                    case false?: return true
                    case nil: fault = rule.openEnd
                    }
                    if walls.count > limit { fault = rule.tooMany(limit) }
                    isDone = walls.count >= count || fault != nil
                }
                return !isDone
            }
            period += step
        }
        if let fault { throw fault }
        return walls
    }

    /// The occurrences within a span of the wall's clock, however far from DTSTART it is.
    func walls(in span: ClosedRange<Int>) throws(Fault) -> [Int] {
        guard rule.count == nil else {
            return try walls(through: span.upperBound).filter(span.contains)
        }
        guard span.upperBound >= start.wall else { return [] }
        var walls = span.contains(start.wall) ? [start.wall] : []
        let first = period(of: start.wall)
        let behind = max(0, period(of: span.lowerBound) - first)
        var period = first + behind.floored(by: step) * step
        let last = self.period(of: min(span.upperBound, CivilDate.lastSecond))
        while period <= last, walls.count <= Self.limit {
            try visit(period) { wall in
                guard wall > start.wall, wall >= span.lowerBound else { return true }
                guard wall <= span.upperBound, !until.isPast(wall) else { return false }
                if !start.zone.skips(wall), until.holds(start.at(wall: wall)) ?? false {
                    walls.append(wall)
                }
                return walls.count <= Self.limit
            }
            period += step
        }
        return walls
    }

    private var step: Int { rule.frequency < .daily ? 1 : rule.interval }

    private func period(of wall: Int) -> Int { days.period(of: wall.floored(by: 86400)) }

    /// Shows what a period has, ascending, until `take` says that it is enough.
    private func visit(_ period: Int, _ take: (Int) -> Bool) throws(Fault) {
        let days = days.days(of: period)
        try budget.spend(rule.frequency == .yearly ? 60 : 1)
        guard rule.frequency >= .daily else {
            for day in days { try visit(slotsOf: day, take) }
            return
        }
        guard rule.setPositions.isEmpty else {
            let set = try positioned(days.map { $0 * 86400 }, times.clock)
            for wall in set where !take(wall) { return }
            return
        }
        for day in days {
            for time in times.clock {
                try budget.spend(RecurrenceBudget.occurrence)
                guard take(day * 86400 + time) else { return }
            }
        }
    }

    /// The same for the hours, minutes or seconds of a day that count, of which each is a period.
    private func visit(slotsOf day: Int, _ take: (Int) -> Bool) throws(Fault) {
        for slot in times.slots(of: day) {
            let base = day * 86400 + slot
            let set =
                rule.setPositions.isEmpty
                ? times.clock.map { base + $0 } : try positioned([base], times.clock)
            for wall in set {
                try budget.spend(RecurrenceBudget.occurrence)
                guard take(wall) else { return }
            }
        }
    }

    /// What BYSETPOS leaves of a period's set, the times of each of some days or slots.
    private func positioned(_ bases: [Int], _ times: [Int]) throws(Fault) -> [Int] {
        let skipped = bases.contains { start.zone.isChanged(onDay: $0.floored(by: 86400)) }
        guard skipped else {
            // The set is only counted through, for it may have millions.
            return indices(bases.count * times.count).map {
                bases[$0 / times.count] + times[$0 % times.count]
            }
        }
        try budget.spend(bases.count * times.count)
        let set = bases.flatMap { base in times.map { base + $0 } }
            .filter { $0 == start.wall || !start.zone.skips($0) }
        return indices(set.count).map { set[$0] }
    }

    /// The indices that BYSETPOS names in a set of so many, ascending.
    private func indices(_ count: Int) -> [Int] {
        Set(rule.setPositions.map { $0 > 0 ? $0 - 1 : count + $0 })
            .filter { (0..<count).contains($0) }.sorted()
    }
}

extension RecurrenceRule {
    fileprivate func tooMany(_ limit: Int) -> Fault {
        Fault(found: "more than \(limit) occurrences of \"\(text)\"", expected: "fewer")
    }

    fileprivate var openEnd: Fault {
        Fault(
            found: "an UNTIL without a time on the day of an occurrence in \"\(text)\"",
            expected: "UNTIL with the time of the last occurrence in UTC")
    }
}
