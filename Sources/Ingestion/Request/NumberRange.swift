/// The numbers that a field may hold, with the words for them.
struct NumberRange {
    let text: String
    private let low: Double
    private let high: Double
    /// Whether 0 is taken below `low`.
    private var takesZero = false

    /// Whether `number` is in the range; a negative zero is not in one without negative numbers.
    func contains(_ number: Double) -> Bool {
        if number == 0, number.sign == .minus, low >= 0 { return false }
        return (number >= low && number <= high) || (takesZero && number == 0)
    }

    static func from(_ low: Double, to high: Double) -> NumberRange {
        NumberRange(
            text: "a number from \(plain(low)) to \(plain(high))", low: low, high: high)
    }

    static func zero(orFrom low: Double, to high: Double) -> NumberRange {
        NumberRange(
            text: "0 or a number from \(plain(low)) to \(plain(high))", low: low, high: high,
            takesZero: true)
    }
}

/// A number without a decimal point where it is whole: `90`, `0.05`.
func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
}

/// The number that `text` writes in decimal; `nil` where it is none or not finite.
func decimal(_ text: some StringProtocol) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte == 69
            || byte == 101
    }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
}

/// `text` without the spaces, tabs and line ends around it.
func trimmed(_ text: String) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, isSpace(first) || isSpace(last) else {
        return text
    }
    guard let start = bytes.firstIndex(where: { !isSpace($0) }),
        let end = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(text[start...end])
}
