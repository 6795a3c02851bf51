extension SkyCoverage {
    /// Reads the ASCII form of MOC 2.0 ("ASCII serialization"): orders with their cells and ranges
    /// of cells, `5/1 3-6 10/27`; numbers are set apart by spaces, line ends or commas. The finest
    /// order that is named is the coverage's own, even where it has no cell.
    ///
    /// - Returns: `nil` where the text is none of that form, or names a cell that its order does
    ///   not have.
    public init?(ascii text: some StringProtocol) {
        var finest: Int?
        var order: Int?
        var ranges: [Range<UInt64>] = []
        let words = text.split { $0 == "," || $0.isWhitespace }
        for word in words {
            var cells = Substring(word)
            if let slash = cells.firstIndex(of: "/") {
                guard let named = Self.number(cells[..<slash]),
                    named <= UInt64(Self.maximumOrder)
                else { return nil }
                order = Int(named)
                finest = max(finest ?? 0, Int(named))
                cells = cells[cells.index(after: slash)...]
                if cells.isEmpty { continue }
            }
            guard let order, let range = Self.range(cells, order: order) else { return nil }
            ranges.append(range)
        }
        guard let finest else { return nil }
        self.init(order: finest, cells: CellRanges(ranges))
    }

    /// A cell or a range of cells with both ends, as cells of the finest order of all.
    private static func range(_ text: Substring, order: Int) -> Range<UInt64>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        let count: UInt64 = 12 << UInt64(2 * order)
        guard (1...2).contains(ends.count), let first = number(ends[0]),
            let last = number(ends[ends.count - 1]), first <= last, last < count
        else { return nil }
        let bits = UInt64(2 * (maximumOrder - order))
        return first << bits..<(last + 1) << bits
    }

    /// A number of digits alone.
    private static func number(_ text: Substring) -> UInt64? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return UInt64(text)
    }
}
