/// A place in a text, line and column counted from 1.
public struct TextMark: Hashable, Comparable, Sendable {
    public let line: Int
    /// In characters.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static let start = TextMark(line: 1, column: 1)

    public static func < (left: TextMark, right: TextMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
