/// Numbers and texts as people write them in files and read them in diagnostics, the same in every
/// locale.
public enum PlainText {
    /// A number without a decimal point where it is whole: `90`, `0.05`.
    public static func number(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }

    /// The number that `text` writes in decimal; `nil` where it is none or not finite: hexadecimal
    /// digits, infinities and spaces are none.
    public static func decimal(_ text: some StringProtocol) -> Double? {
        let isDecimal = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte == 69
                || byte == 101
        }
        guard isDecimal, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// `text` without the spaces, tabs and line ends around it.
    public static func trimmed(_ text: String) -> String {
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

    /// Whether a text has anything in it, and nothing that cannot be printed on one line.
    public static func isPrintable(_ text: String) -> Bool {
        // Plain ASCII is most of what there is, and the properties of scalars are slow to look up.
        if text.utf8.allSatisfy({ (33...126).contains($0) }) { return !text.isEmpty }
        return hasOnlyPrintableScalars(text)
    }

    private static func hasOnlyPrintableScalars(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(isPrintable)
            && text.unicodeScalars.contains { !$0.properties.isWhitespace }
    }

    /// Whether a scalar can be printed, and on one line.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        // Most are plain, and categories are slow to look up.
        if (0x20...0x7E).contains(scalar.value) { return true }
        return switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// A text in quotation marks as a diagnostic shows it, on one line and not too long.
    public static func quoted(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(100) {
            shown.unicodeScalars.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
        }
        return text.unicodeScalars.count > 100 ? "\"\(shown)...\"" : "\"\(shown)\""
    }
}
