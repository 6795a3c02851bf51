/// A table of texts in columns for people to read.
public struct TextTable: Hashable, Sendable {
    private let titles: [String]
    private var rows: [[String]] = []

    /// - Parameter titles: of the columns; those that begin with `>` have their texts to the right.
    public init(_ titles: String...) { self.init(titles) }

    public init(_ titles: [String]) {
        self.titles = titles
    }

    /// Adds a row; columns that are left out are empty.
    public mutating func add(_ cells: String...) { add(cells) }

    public mutating func add(_ cells: [String]) { rows.append(cells) }

    public var isEmpty: Bool { rows.isEmpty }

    /// The lines, without a space at their ends.
    public var lines: [String] {
        let isRight = titles.map { $0.hasPrefix(">") }
        let head = zip(titles, isRight).map { $1 ? String($0.dropFirst()) : $0 }
        let all = [head] + rows
        let widths = head.indices.map { column in
            all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return all.map { row in
            var line = ""
            for (column, width) in widths.enumerated() {
                let cell = column < row.count ? row[column] : ""
                let space = String(repeating: " ", count: width - cell.count)
                if column > 0 { line += "  " }
                line += isRight[column] ? space + cell : cell + space
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    public var text: String { lines.joined(separator: "\n") }
}

/// Numbers as people read them.
enum Words {
    /// A length of time: `0:00:07`, `27:15:00`; empty where there is none.
    static func time(_ seconds: Double?) -> String {
        guard let seconds, let whole = Int(exactly: seconds.rounded()) else { return "" }
        let (minutes, rest) = max(0, whole).quotientAndRemainder(dividingBy: 60)
        return "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// With one decimal.
    static func tenths(_ number: Double) -> String {
        guard let tenths = Int(exactly: (number * 10).rounded()) else { return "-" }
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    static func mebibytes(kib: Int) -> Double { Double(kib) / 1024 }
    static func mebibytes(bytes: Int) -> Double { Double(bytes) / 1_048_576 }
}
