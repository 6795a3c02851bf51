import GroundSegment

/// The parts of a period that charts and tables tell apart: its buckets, or calendar months where
/// there are too many of them.
struct PeriodParts {
    /// A bucket, or those that begin in one month.
    struct Part: Hashable {
        /// The bucket's first day, `2027-01-18`, or the month, `2027-01`.
        let name: String
        let window: TimeWindow
        let buckets: Range<Int>
    }

    let parts: [Part]
    let isByMonth: Bool

    /// More buckets than this are shown by month.
    static let most = 60

    init(_ buckets: Buckets) {
        let names = (0..<buckets.count).map(buckets.name)
        isByMonth = buckets.count > Self.most
        guard isByMonth else {
            parts = names.indices.map {
                Part(name: names[$0], window: buckets[$0], buckets: $0..<$0 + 1)
            }
            return
        }
        let months = names.map { $0.dropLast(3) }
        let firsts = months.indices.filter { $0 == 0 || months[$0] != months[$0 - 1] }
        parts = zip(firsts, firsts.dropFirst() + [months.count]).map { first, end in
            Part(
                name: String(months[first]),
                window: TimeWindow(start: buckets[first].start, end: buckets[end - 1].end),
                buckets: first..<end)
        }
    }

    /// The sum over each part's buckets.
    func sums<Value: AdditiveArithmetic>(_ values: [Value]) -> [Value] {
        parts.map { values[$0.buckets].reduce(.zero, +) }
    }

    /// `bucket` or `month`.
    var word: String { isByMonth ? "month" : "bucket" }
}
