extension DocumentObject {
    /// A text that is not empty and has no control characters.
    public func text(
        _ key: String, expected: String = "a text", default standard: String? = nil
    ) -> String? {
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: expected) }
            return standard
        }
        guard let text = notation.text(of: value), PlainText.isPrintable(text) else {
            fault(key, expected: expected)
            return nil
        }
        return text
    }

    /// A text that may be absent, and then is `nil` without a fault.
    public func optionalText(_ key: String, expected: String = "a text") -> String? {
        has(key) ? text(key, expected: expected) : nil
    }

    /// A value within the object as a text that is not empty and has no control characters.
    ///
    /// - Parameter path: where it is.
    public func text(
        _ value: DocumentValue, at path: @autoclosure () -> String,
        expected: String = "a text"
    ) -> String? {
        if let text = notation.text(of: value), PlainText.isPrintable(text) { return text }
        fault(value, at: path(), expected: expected)
        return nil
    }

    /// A scalar as it is written, whatever it is; `nil` where the key is absent or has no scalar.
    public func word(_ key: String) -> String? { value(key)?.word }

    /// A number within a range.
    public func number(
        _ key: String, _ range: NumberRange, default standard: Double? = nil
    ) -> Double? {
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: range.text) }
            return standard
        }
        guard let number = notation.number(of: value), range.contains(number) else {
            fault(key, expected: range.text)
            return nil
        }
        // A negative zero is written as 0.
        return number + 0
    }

    /// A number that may be absent, and then is `nil` without a fault.
    public func optionalNumber(_ key: String, _ range: NumberRange) -> Double? {
        has(key) ? number(key, range) : nil
    }

    /// A whole number within a range.
    public func count(
        _ key: String, in range: ClosedRange<Int>, default standard: Int? = nil
    ) -> Int? {
        let expected =
            range.upperBound == .max
            ? "a whole number of at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: expected) }
            return standard
        }
        // JSON has one kind of number: 4, 4.0 and 4e0 are the same.
        guard let count = notation.number(of: value).flatMap(Int.init(exactly:)),
            range.contains(count)
        else {
            fault(key, expected: expected)
            return nil
        }
        return count
    }

    /// A whole number that may be absent, and then is `nil` without a fault.
    public func optionalCount(_ key: String, in range: ClosedRange<Int>) -> Int? {
        has(key) ? count(key, in: range) : nil
    }

    /// A whole number that is not negative, up to the largest of 64 bits.
    public func natural(_ key: String, default standard: UInt64) -> UInt64? {
        guard let value = value(key) else { return standard }
        guard let number = value.word.flatMap({ UInt64($0) }) else {
            fault(key, expected: "a whole number of at least 0")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    public func flag(_ key: String, default standard: Bool? = nil) -> Bool? {
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: "true or false") }
            return standard
        }
        guard let flag = value.bool else {
            fault(key, expected: "true or false")
            return nil
        }
        return flag
    }

    /// One of the words of a type.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default standard: Choice? = nil
    ) -> Choice? where Choice.RawValue == String {
        let expected = notation.choice(Choice.allCases.map(\.rawValue))
        guard let value = value(key) else {
            if standard == nil { fault(key, expected: expected) }
            return standard
        }
        guard let choice = notation.text(of: value).flatMap(Choice.init(rawValue:)) else {
            fault(key, expected: expected)
            return nil
        }
        return choice
    }

    /// Which one of `keys` the object has; `nil` with a fault where that is none or several.
    ///
    /// - Parameter keys: at least one.
    public func oneOf(_ keys: [String]) -> String? {
        let given = keys.filter(has)
        guard given.count == 1 else {
            fault(
                given.last ?? keys[0],
                found: given.isEmpty ? "nothing" : given.joined(separator: " beside "),
                expected: "one of: \(keys.joined(separator: ", "))")
            return nil
        }
        return given[0]
    }
}
