/// Numbers of cells as half-open ranges, in ascending order, that neither overlap nor touch.
///
/// Space counts cells of HEALPix order 29, time counts microseconds.
struct CellRanges: Hashable, Sendable {
    private(set) var ranges: [Range<UInt64>]

    /// No cell.
    init() { ranges = [] }

    /// All cells of `ranges`, which may be in any order and overlap.
    init(_ ranges: [Range<UInt64>]) {
        self.ranges = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    /// Adds a range that begins at or after the beginning of the last one.
    mutating func append(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, last.upperBound >= range.lowerBound {
            ranges[ranges.count - 1] =
                last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            ranges.append(range)
        }
    }

    /// What either holds.
    func union(_ other: CellRanges) -> CellRanges {
        if other.ranges.isEmpty { return self }
        if ranges.isEmpty { return other }
        var result = CellRanges()
        result.ranges.reserveCapacity(ranges.count + other.ranges.count)
        var left = ranges[...]
        var right = other.ranges[...]
        while let first = left.first, let second = right.first {
            if first.lowerBound <= second.lowerBound {
                result.append(first)
                left.removeFirst()
            } else {
                result.append(second)
                right.removeFirst()
            }
        }
        for range in left { result.append(range) }
        for range in right { result.append(range) }
        return result
    }

    /// Whether `number` is in one of the ranges.
    func contains(_ number: UInt64) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number)
    }

    /// The ranges widened to whole cells of 2^`bits` numbers.
    func widened(bits: Int) -> CellRanges {
        var result = CellRanges()
        let mask = UInt64(1) << UInt64(bits) - 1
        for range in ranges {
            result.append(range.lowerBound & ~mask..<(range.upperBound + mask) & ~mask)
        }
        return result
    }

    /// The number of cells.
    var count: UInt64 { ranges.reduce(0) { $0 + UInt64($1.count) } }

    /// The fewest cells that make up the ranges, by order: at `[n]` ranges of cells of order n,
    /// in ascending order, where each order cuts a cell into 2^`bits`.
    ///
    /// - Parameter finest: the order of the numbers.
    func cells(bits: Int, finest: Int) -> [[Range<UInt64>]] {
        var cells = [[Range<UInt64>]](repeating: [], count: finest + 1)
        for range in ranges {
            var start = range.lowerBound
            while start < range.upperBound {
                var steps = min(finest, start == 0 ? finest : start.trailingZeroBitCount / bits)
                while UInt64(1) << UInt64(steps * bits) > range.upperBound - start { steps -= 1 }
                let shift = UInt64(steps * bits)
                let number = start >> shift
                let order = finest - steps
                if let last = cells[order].last, last.upperBound == number {
                    cells[order][cells[order].count - 1] = last.lowerBound..<number + 1
                } else {
                    cells[order].append(number..<number + 1)
                }
                start += 1 << shift
            }
        }
        return cells
    }
}
