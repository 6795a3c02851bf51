import Foundation

/// A schema of JSON Schema, Draft 2020-12, as far as contrib/schemas uses it; a keyword that is
/// not known here is an error, so that nothing passes unread.
struct JSONSchema {
    private let root: [String: Any]

    /// The schema of a file name in contrib/schemas: `sgs-plan`.
    init(named name: String) throws {
        let data = try Data(
            contentsOf: URL(fileURLWithPath: Checkout.path("contrib/schemas/\(name).schema.json")))
        root = try JSONDecoder().decode(AnyJSON.self, from: data).value as? [String: Any] ?? [:]
    }

    /// What is wrong with a text; empty where it is valid.
    func faults(of text: String) -> [String] {
        guard let read = try? JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8)) else {
            return ["no JSON: \(text.prefix(200))"]
        }
        return faults(read.value, root, at: "$")
    }

    private static let annotations: Set = ["$schema", "$defs", "title", "description"]

    private func faults(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
        schema.sorted { $0.key < $1.key }.flatMap { keyword, argument in
            Self.annotations.contains(keyword)
                ? [] : faults(value, keyword, argument, schema, at: path)
        }
    }

    private func faults(
        _ value: Any, _ keyword: String, _ argument: Any, _ schema: [String: Any], at path: String
    ) -> [String] {
        switch (keyword, argument) {
        case ("$ref", let name as String):
            let definitions = root["$defs"] as? [String: Any]
            let definition = definitions?[name.replacingOccurrences(of: "#/$defs/", with: "")]
            guard let definition = definition as? [String: Any] else {
                return ["\(path): no definition \(name)"]
            }
            return faults(value, definition, at: path)
        case ("anyOf", let choices as [[String: Any]]):
            let found = choices.map { faults(value, $0, at: path) }
            return found.contains { $0.isEmpty } ? [] : found.flatMap { $0 }
        case ("type", let name as String): return has(value, [name]) ? [] : ["\(path): not \(name)"]
        case ("type", let names as [String]):
            return has(value, names) ? [] : ["\(path): none of \(names)"]
        case ("enum", let values as [String]):
            return (value as? String).map(values.contains) ?? true
                ? [] : ["\(path): \(value) is none of \(values)"]
        case ("pattern", let pattern as String):
            guard let text = value as? String else { return [] }
            return text.range(of: pattern, options: .regularExpression) != nil
                ? [] : ["\(path): \(text) does not match \(pattern)"]
        case ("minimum", let least as Double), ("exclusiveMinimum", let least as Double):
            guard let number = number(value) else { return [] }
            let isOK =
                keyword == "minimum" ? number >= least : number > least
            return isOK ? [] : ["\(path): \(number) is below \(least)"]
        case ("maximum", let most as Double):
            return number(value).map { $0 <= most } ?? true
                ? [] : ["\(path): above \(most)"]
        case ("items", let items as [String: Any]):
            return (value as? [Any] ?? []).enumerated().flatMap { index, element in
                faults(element, items, at: "\(path)[\(index)]")
            }
        case ("required", let names as [String]):
            guard let object = value as? [String: Any] else { return [] }
            return names.filter { object[$0] == nil }.map { "\(path): no \($0)" }
        case ("properties", let properties as [String: Any]):
            let object = value as? [String: Any] ?? [:]
            return object.sorted { $0.key < $1.key }.flatMap { name, member in
                (properties[name] as? [String: Any]).map {
                    faults(member, $0, at: "\(path).\(name)")
                } ?? []
            }
        case ("additionalProperties", let argument):
            let known = schema["properties"] as? [String: Any] ?? [:]
            let others = (value as? [String: Any] ?? [:]).filter { known[$0.key] == nil }
            if let schema = argument as? [String: Any] {
                return others.flatMap { faults($0.value, schema, at: "\(path).\($0.key)") }
            }
            return others.keys.sorted().map { "\(path): unknown \($0)" }
        default: return ["\(path): the schema's \(keyword) is not known here"]
        }
    }

    private func has(_ value: Any, _ names: [String]) -> Bool { names.contains { has(value, $0) } }

    private func has(_ value: Any, _ name: String) -> Bool {
        switch name {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "null": value is NSNull
        case "boolean": value is Bool
        case "number": number(value) != nil
        case "integer": number(value).map { $0 == $0.rounded() } ?? false
        default: false
        }
    }

    private func number(_ value: Any) -> Double? { value as? Double }
}

/// A JSON value with Swift's own types: what Foundation makes of it does not tell 1 from true.
private struct AnyJSON: Decodable {
    let value: Any

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = NSNull()
        } else if let flag = try? container.decode(Bool.self) {
            value = flag
        } else if let number = try? container.decode(Double.self) {
            value = number
        } else if let text = try? container.decode(String.self) {
            value = text
        } else if let list = try? container.decode([AnyJSON].self) {
            value = list.map(\.value)
        } else {
            value = try container.decode([String: AnyJSON].self).mapValues(\.value)
        }
    }
}
