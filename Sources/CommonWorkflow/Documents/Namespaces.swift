import Documents

/// The prefixes of IRIs in a document (Schema Salad 1.2, "Explicit context").
struct Namespaces: Sendable {
    private var prefixes: [String: String] = [:]

    init(_ node: Node?) {
        for field in node?.fields ?? [] { prefixes[field.name] = field.value.text }
    }

    init(_ value: JSONValue?) {
        for member in value?.members ?? [] { prefixes[member.name] = member.value.string }
    }

    /// `edam:format_2330` in full.
    func expanded(_ name: String) -> String {
        guard let colon = name.firstIndex(of: ":"), let iri = prefixes[String(name[..<colon])]
        else { return name }
        return iri + name[name.index(after: colon)...]
    }
}
