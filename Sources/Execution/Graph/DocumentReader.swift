import Documents

/// Takes values out of a JSON document and collects every fault on the way.
struct DocumentReader {
    let file: String
    private(set) var faults: [Diagnostic] = []

    init(file: String) {
        self.file = file
    }

    mutating func fault(_ record: String, _ field: String?, found: String, expected: String) {
        faults.append(
            Diagnostic(
                file: file, place: record.isEmpty ? nil : .record(record), field: field,
                found: found, expected: expected))
    }

    /// The fields of an object, none of them unknown; `nil` where the value is something else.
    mutating func object(_ value: JSONValue?, _ record: String, fields known: [String]) -> [String:
        JSONValue]?
    {
        guard case .object(let fields)? = value else {
            fault(record, nil, found: value?.summary ?? "nothing", expected: "an object")
            return nil
        }
        for name in fields.keys.sorted() where !known.contains(name) {
            fault(record, name, found: "an unknown field", expected: known.joined(separator: ", "))
        }
        return fields
    }

    /// A text that is not empty, or `fallback` where the field is absent.
    mutating func text(
        _ fields: [String: JSONValue], _ field: String, _ record: String,
        default fallback: String? = nil
    ) -> String? {
        switch fields[field] {
        case .string(let text) where !text.isEmpty: return text
        case nil where fallback != nil: return fallback
        case let other:
            fault(record, field, found: other?.summary ?? "nothing", expected: "a text")
            return nil
        }
    }

    /// A whole number of at least `least`, or `fallback` where the field is absent.
    mutating func count(
        _ fields: [String: JSONValue], _ field: String, _ record: String, least: Int = 1,
        default fallback: Int
    ) -> Int {
        guard let value = fields[field] else { return fallback }
        if case .number(let number) = value, let count = Int(exactly: number), count >= least {
            return count
        }
        fault(record, field, found: value.summary, expected: "a whole number of at least \(least)")
        return fallback
    }

    /// The elements of a list; none where the field is absent and not required.
    mutating func list(
        _ fields: [String: JSONValue], _ field: String, _ record: String, required: Bool = false
    ) -> [JSONValue] {
        switch fields[field] {
        case .list(let values): return values
        case nil where !required: return []
        case let other:
            fault(record, field, found: other?.summary ?? "nothing", expected: "a list")
            return []
        }
    }

    /// The elements of a list of texts.
    mutating func texts(_ fields: [String: JSONValue], _ field: String, _ record: String)
        -> [String]
    {
        list(fields, field, record).compactMap { value in
            if case .string(let text) = value { return text }
            fault(record, field, found: value.summary, expected: "a text")
            return nil
        }
    }

    /// One of an enumeration's words, or `fallback` where the field is absent.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ fields: [String: JSONValue], _ field: String, _ record: String, default fallback: Word
    ) -> Word where Word.RawValue == String {
        guard let value = fields[field] else { return fallback }
        if case .string(let text) = value, let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
        fault(record, field, found: value.summary, expected: words)
        return fallback
    }
}
