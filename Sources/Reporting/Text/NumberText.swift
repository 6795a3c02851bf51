import Foundation

/// Numbers as pages print them, the same in every locale.
public enum NumberText {
    /// `12,614.3`: thousands set apart, `digits` after the point.
    public static func grouped(_ value: Double, _ digits: Int = 0) -> String {
        let plain = fixed(value, digits)
        let sign = plain.hasPrefix("-") ? "-" : ""
        let parts = plain.dropFirst(sign.count).split(separator: ".")
        var whole = ""
        for (place, digit) in parts[0].enumerated() {
            if place > 0, (parts[0].count - place) % 3 == 0 { whole += "," }
            whole.append(digit)
        }
        return sign + ([whole] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }

    /// `12,614`.
    public static func grouped(_ value: Int) -> String { grouped(Double(value)) }

    /// `1.4 %` of a ratio of 0.014.
    static func percent(_ ratio: Double, _ digits: Int = 1) -> String {
        grouped(ratio * 100, digits) + "\u{a0}%"
    }

    /// With its sign: `+1.4 %`.
    static func signedPercent(_ ratio: Double, _ digits: Int = 1) -> String {
        let text = percent(ratio, digits)
        return text.hasPrefix("-") ? text : "+" + text
    }

    /// A coordinate of a drawing, to a tenth of its unit: `12.5`, `12`.
    static func coordinate(_ value: Double) -> String {
        let text = fixed(value, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// "1 copy", "23 copies".
    public static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(grouped(number)) \(number == 1 ? one : many)"
    }

    /// With at most three decimals and no zeros at the end: `12.5`, `12`.
    static func short(_ number: Double) -> String {
        let rounded = (number * 1000).rounded() / 1000
        return rounded == rounded.rounded() && abs(rounded) < 1e15
            ? "\(Int(rounded))" : "\(rounded)"
    }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        let text = String(format: "%.\(digits)f", value)
        return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) }
            ? String(text.dropFirst()) : text
    }
}
