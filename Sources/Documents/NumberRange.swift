/// The numbers that a field may hold, with the words for them.
public struct NumberRange: Sendable {
    /// As a diagnostic says it: `a number from 0 to 1`, `0 or a number from 0.1 to 90`.
    public let text: String
    private let low: Double
    private let high: Double
    /// Whether 0 is taken below `low`.
    private var takesZero = false

    /// Whether `number` is in the range; a negative zero is not in one without negative numbers.
    public func contains(_ number: Double) -> Bool {
        if number == 0, number.sign == .minus, low >= 0 { return false }
        return (number >= low && number <= high) || (takesZero && number == 0)
    }

    /// From `low` to `high`, both included.
    public static func from(_ low: Double, to high: Double) -> NumberRange {
        NumberRange(
            text: "a number from \(PlainText.number(low)) to \(PlainText.number(high))", low: low,
            high: high)
    }

    /// 0, or from `low` to `high`, both included.
    public static func zero(orFrom low: Double, to high: Double) -> NumberRange {
        NumberRange(
            text: "0 or a number from \(PlainText.number(low)) to \(PlainText.number(high))",
            low: low, high: high,
            takesZero: true)
    }
}
