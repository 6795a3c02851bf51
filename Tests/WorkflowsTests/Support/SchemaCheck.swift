import Documents

/// Holds JSON values against a schema of the few words that ours uses.
///
/// A word that is not known stops the test: nothing may count as checked that was not.
struct SchemaCheck {
    private let root: DocumentValue

    init(_ text: String) throws {
        root = try DocumentValue(text, notation: .jsonOrYAML)
    }

    func admits(_ value: DocumentValue) throws -> Bool { try admits(value, root) }

    struct UnknownWordError: Error {
        let word: String
    }

    private func admits(_ value: DocumentValue, _ schema: DocumentValue) throws -> Bool {
        for field in schema.members where try !admits(value, field, of: schema) { return false }
        return true
    }

    private func admits(
        _ value: DocumentValue, _ word: DocumentValue.Field, of schema: DocumentValue
    ) throws -> Bool {
        switch word.name {
        case "$schema", "$id", "$defs", "title", "description", "default": return true
        case "$ref":
            let name = word.value.text?.split(separator: "/").last.map(String.init) ?? ""
            guard let found = root["$defs"]?[name] else { throw UnknownWordError(word: name) }
            return try admits(value, found)
        case "type": return value.isOf(type: word.value.text ?? "")
        case "const": return value.plain == word.value.plain
        case "enum": return word.value.items.contains { $0.plain == value.plain }
        case "anyOf": return try word.value.items.contains { try admits(value, $0) }
        case "oneOf": return try word.value.items.filter { try admits(value, $0) }.count == 1
        case "allOf": return try word.value.items.allSatisfy { try admits(value, $0) }
        case "not": return try !admits(value, word.value)
        case "pattern":
            guard let text = value.text else { return true }
            return try text.firstMatch(of: Regex(word.value.text ?? "")) != nil
        case "minimum", "maximum":
            guard let number = value.number, let limit = word.value.number else { return true }
            return word.name == "minimum" ? number >= limit : number <= limit
        case "minItems": return Double(value.items.count) >= word.value.number ?? 0
        case "maxItems": return Double(value.items.count) <= word.value.number ?? 0
        case "maxProperties": return Double(value.members.count) <= word.value.number ?? 0
        case "items": return try value.items.allSatisfy { try admits($0, word.value) }
        case "required":
            return word.value.items.allSatisfy { value[$0.text ?? ""] != nil }
        case "properties":
            return try value.members.allSatisfy { field in
                try word.value[field.name].map { try admits(field.value, $0) } ?? true
            }
        case "propertyNames":
            return try value.members.allSatisfy {
                try admits(
                    DocumentValue(content: .text($0.name), mark: $0.mark), word.value)
            }
        case "additionalProperties":
            let others = value.members.filter { schema["properties"]?[$0.name] == nil }
            if let admitted = word.value.bool { return admitted || others.isEmpty }
            return try others.allSatisfy { try admits($0.value, word.value) }
        default: throw UnknownWordError(word: word.name)
        }
    }
}

extension DocumentValue {
    fileprivate var members: [Field] { fields ?? [] }
    fileprivate var items: [DocumentValue] { elements ?? [] }
    /// A text or number, to be compared.
    fileprivate var plain: String { text ?? number.map { "\($0)" } ?? "\(content)" }

    fileprivate subscript(_ name: String) -> DocumentValue? {
        members.first { $0.name == name }?.value
    }

    fileprivate func isOf(type: String) -> Bool {
        switch type {
        case "object": fields != nil
        case "array": elements != nil
        case "string": text != nil
        case "number": number != nil
        case "integer": number.map { $0 == $0.rounded() } ?? false
        default: false
        }
    }
}
