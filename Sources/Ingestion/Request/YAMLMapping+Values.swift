import GroundSegment
import Yams

extension YAMLMapping {
    /// A text that is not empty and has no control characters.
    func text(_ key: String, expected: String = "a text", default standard: String? = nil)
        -> String?
    {
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: expected) }
            return standard
        }
        guard let text = value.scalar?.string, isPrintable(text) else {
            fault(key, expected: expected)
            return nil
        }
        return text
    }

    /// A number within a range.
    func number(_ key: String, _ range: NumberRange, default standard: Double? = nil) -> Double? {
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: range.text) }
            return standard
        }
        guard let number = number(value), range.contains(number) else {
            fault(key, expected: range.text)
            return nil
        }
        // A negative zero is written as 0.
        return number + 0
    }

    /// A number that may be absent.
    func optionalNumber(_ key: String, _ range: NumberRange) -> Double? {
        has(key) ? number(key, range) : nil
    }

    /// A whole number that is not negative.
    func natural(_ key: String, default standard: UInt64) -> UInt64? {
        guard let value = value(key) else { return standard }
        guard let number = value.scalar.flatMap({ UInt64($0.string) }) else {
            fault(key, expected: "a whole number of at least 0")
            return nil
        }
        return number
    }

    /// Two numbers, each within a range.
    func pair(_ key: String, _ range: NumberRange, default standard: (Double, Double))
        -> (Double, Double)?
    {
        guard let value = value(key) else { return standard }
        guard let list = value.sequence, list.count == 2, let low = number(list[0]),
            let high = number(list[1]), range.contains(low), range.contains(high)
        else {
            let found = value.sequence.map { "[" + $0.map(describe).joined(separator: ", ") + "]" }
            fault(key, found: found, expected: "a list of two, each \(range.text)")
            return nil
        }
        return (low + 0, high + 0)
    }

    /// An instant in ISO 8601.
    func time(_ key: String) -> MJD? {
        guard let value = value(key), let text = value.scalar?.string,
            let time = MJD(iso8601: text),
            TimeLimits.contains(time)
        else {
            fault(key, expected: "an ISO 8601 date of \(TimeLimits.years)")
            return nil
        }
        return time
    }

    /// One of the words of a type.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default standard: Choice? = nil
    ) -> Choice? where Choice.RawValue == String {
        let list = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: "one of: \(list)") }
            return standard
        }
        guard let choice = value.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            fault(key, expected: "one of: \(list)")
            return nil
        }
        return choice
    }

    /// A decimal number; `010`, which is 8 in YAML 1.1 and 10 in YAML 1.2, is none.
    private func number(_ node: Node) -> Double? {
        guard let text = node.scalar?.string else { return nil }
        let digits = text.drop { $0 == "+" || $0 == "-" }
        guard !digits.hasPrefix("0") || !(digits.dropFirst().first?.isNumber ?? false) else {
            return nil
        }
        return decimal(text)
    }
}

/// Whether a text has anything in it, and nothing that cannot be printed on one line.
func isPrintable(_ text: String) -> Bool {
    // Plain ASCII is most of what there is, and the properties of scalars are slow to look up.
    if text.utf8.allSatisfy({ (33...126).contains($0) }) { return !text.isEmpty }
    return hasOnlyPrintableScalars(text)
}

private func hasOnlyPrintableScalars(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !$0.properties.isControl }
        && text.unicodeScalars.contains { !$0.properties.isWhitespace }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool {
        generalCategory == .control || generalCategory == .lineSeparator
            || generalCategory == .paragraphSeparator
    }
}
