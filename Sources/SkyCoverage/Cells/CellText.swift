/// Cells in the text forms of IVOA MOC 2.0: ASCII and JSON.
struct CellText {
    /// Ranges of cells, by order.
    let cells: [[Range<UInt64>]]
    /// The order of the map, which is named even where no cell is of it.
    let order: Int

    /// `5/1 3-6 10/`: ranges with both ends included.
    var ascii: String {
        parts { order, ranges in
            let numbers = ranges.map {
                $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)"
            }
            return "\(order)/" + numbers.joined(separator: " ")
        }.joined(separator: " ")
    }

    /// `{"5":[1,3,4,5,6],"10":[]}`: every cell by itself.
    var json: String {
        let members = parts { order, ranges in
            let numbers = ranges.flatMap { $0.map(String.init) }
            return "\"\(order)\":[" + numbers.joined(separator: ",") + "]"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private func parts(_ text: (Int, [Range<UInt64>]) -> String) -> [String] {
        cells.enumerated().compactMap { number, ranges in
            ranges.isEmpty && number != order ? nil : text(number, ranges)
        }
    }
}
