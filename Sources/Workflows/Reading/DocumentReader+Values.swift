/// A value with the place where a document has it.
struct Marked<Value: Sendable>: Sendable {
    let value: Value
    let mark: TextMark
    /// The field's path in the document.
    let path: String
}

extension DocumentReader {
    /// A text that is not empty and can be printed on one line; `nil` where it is absent, which
    /// is a fault unless it is optional.
    mutating func text(
        _ object: DocumentObject, _ field: String, expected: String = "a text",
        optional: Bool = false
    ) -> Marked<String>? {
        guard let value = object[field] else {
            if !optional {
                fault(object.mark, object.path(field), found: "nothing", expected: expected)
            }
            return nil
        }
        return text(value, object.path(field), expected: expected)
    }

    private mutating func text(_ value: DocumentValue, _ path: String, expected: String)
        -> Marked<String>?
    {
        guard case .text(let text) = value.content, !text.isEmpty,
            text.unicodeScalars.allSatisfy(DocumentValue.isPrintable)
        else {
            fault(value, path, expected: expected)
            return nil
        }
        return Marked(value: text, mark: value.mark, path: path)
    }

    /// A name that may become part of a file's name.
    mutating func name(_ object: DocumentObject, _ field: String, optional: Bool = false)
        -> Marked<String>?
    {
        guard let text = text(object, field, expected: PlainName.rule, optional: optional) else {
            return nil
        }
        return checked(text)
    }

    /// The names of a list; none where the field is absent.
    mutating func names(_ object: DocumentObject, _ field: String) -> [Marked<String>] {
        list(object, field).enumerated().compactMap { index, value in
            text(value, "\(object.path(field))[\(index)]", expected: PlainName.rule)
                .flatMap { checked($0) }
        }
    }

    private mutating func checked(_ name: Marked<String>) -> Marked<String>? {
        if PlainName.isPlain(name.value) { return name }
        fault(
            name.mark, name.path, found: DocumentValue.quoted(name.value),
            expected: PlainName.rule)
        return nil
    }

    /// Texts of any characters but NUL, which no argument of a program can have.
    mutating func arguments(_ object: DocumentObject, _ field: String) -> [String] {
        list(object, field).enumerated().compactMap { index, value in
            if case .text(let text) = value.content, !text.utf8.contains(0) { return text }
            fault(value, "\(object.path(field))[\(index)]", expected: "a text without NUL")
            return nil
        }
    }

    /// A whole number within a range, or `standard` where the field is absent.
    mutating func count(
        _ object: DocumentObject, _ field: String, _ range: ClosedRange<Int>,
        default standard: Int
    ) -> Int {
        optionalCount(object, field, range) ?? standard
    }

    /// A whole number within a range.
    mutating func optionalCount(
        _ object: DocumentObject, _ field: String, _ range: ClosedRange<Int>
    ) -> Int? {
        guard let value = object[field] else { return nil }
        if case .number(let number) = value.content, let count = Int(exactly: number),
            range.contains(count)
        {
            return count
        }
        fault(
            value, object.path(field),
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// A number within a range, or `standard` where the field is absent.
    mutating func number(
        _ object: DocumentObject, _ field: String, _ range: ClosedRange<Double>,
        default standard: Double
    ) -> Double {
        guard let value = object[field] else { return standard }
        if case .number(let number) = value.content, range.contains(number) { return number }
        fault(
            value, object.path(field),
            expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        return standard
    }

    /// The elements of a list; none where the field is absent, which is a fault if it is
    /// required.
    mutating func list(_ object: DocumentObject, _ field: String, required: Bool = false)
        -> [DocumentValue]
    {
        guard let value = object[field] else {
            if required {
                fault(object.mark, object.path(field), found: "nothing", expected: "a list")
            }
            return []
        }
        if case .list(let values) = value.content { return values }
        fault(value, object.path(field), expected: "a list")
        return []
    }

    /// One of an enumeration's words, or `standard` where the field is absent.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ object: DocumentObject, _ field: String, default standard: Word
    ) -> Word where Word.RawValue == String {
        guard let value = object[field] else { return standard }
        if case .text(let text) = value.content, let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        fault(value, object.path(field), expected: words)
        return standard
    }
}
