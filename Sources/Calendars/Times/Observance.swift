/// A STANDARD or DAYLIGHT part of a VTIMEZONE: an offset, and when it comes into force.
struct Observance {
    /// The wall's clock at the first onset; this and all others by the offset before the change.
    let start: Int
    /// Seconds east of UTC before an onset, and from it on.
    let offsetFrom: Int
    let offsetTo: Int
    let rules: [(rule: RecurrenceRule, line: Int)]
    /// Further onsets.
    let additions: [Int]

    /// A clock changes a few times a year; more onsets than this are a slip of the pen.
    static let limit = 10_000

    /// The instants of all onsets up to and with `horizon`, in seconds since 1970.
    func onsets(through horizon: Int, budget: RecurrenceBudget) throws(RecurrenceRule.Fault)
        -> Set<Int>
    {
        var walls = Set([start] + additions)
        // The clock before a change is that of a zone with one offset.
        let first = CalendarTime(wall: start, zone: .utc)
        for (rule, line) in rules {
            do {
                let recurrence = Recurrence(
                    rule, from: first, until: try rule.until(fromOnset: start, offset: offsetFrom),
                    budget: budget)
                walls.formUnion(
                    try recurrence.walls(through: horizon + offsetFrom, limit: Self.limit))
            } catch {
                throw error.at(line: line)
            }
        }
        return Set(walls.map { $0 - offsetFrom }.filter { $0 <= horizon })
    }
}
