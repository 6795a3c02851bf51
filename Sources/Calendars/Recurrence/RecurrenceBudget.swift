/// What the recurrences of a file may cost in all, so that no file keeps the reader busy.
final class RecurrenceBudget {
    private var left = 10_000_000

    /// What an occurrence costs: a looked-at day costs 1.
    static let occurrence = 20

    /// Counts work that is done.
    func spend(_ steps: Int) throws(RecurrenceRule.Fault) {
        left -= steps
        guard left >= 0 else {
            throw RecurrenceRule.Fault(
                found: "too many occurrences in the whole file", expected: "fewer")
        }
    }
}
