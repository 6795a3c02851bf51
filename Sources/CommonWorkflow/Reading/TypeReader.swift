import Documents

/// Reads types: simple ones by name, with `?` and `[]`, unions, schemas, and what
/// SchemaDefRequirement names.
final class TypeReader {
    let version: CWLVersion
    let namespaces: Namespaces
    let faults: DocumentFaults
    /// The named types, by name.
    private(set) var names: [String: Node]
    private var open: [String] = []
    private var known: [String: DataType] = [:]

    init(
        version: CWLVersion, namespaces: Namespaces, names: [String: Node], faults: DocumentFaults
    ) {
        self.version = version
        self.namespaces = namespaces
        self.names = names
        self.faults = faults
    }

    /// Adds the types of a SchemaDefRequirement.
    func define(_ types: Node?) {
        for type in types?.asList ?? [] {
            guard let name = type["name"]?.text else {
                faults.add(type, field: "types", expected: "types with a name")
                continue
            }
            names[Identifier.short(name)] = type
        }
    }

    /// The type of a field `type`; `any` with a fault where it is none.
    func type(_ node: Node?, of owner: Node) -> DataType {
        guard let node else {
            faults.add(at: owner.place, field: "type", found: "nothing", expected: "a type")
            return .any
        }
        return type(node)
    }

    private func type(_ node: Node) -> DataType {
        if let word = node.text { return named(word, at: node) }
        if let nodes = node.elements {
            let types = nodes.map(type)
            return types.count == 1 ? types[0] : .union(types)
        }
        if node.isNull { return .null }
        guard node.fields != nil, let kind = node["type"] else {
            faults.add(node, field: "type", expected: "a type")
            return .any
        }
        switch kind.text {
        case "record": return record(node)
        case "enum": return enumeration(node)
        case "array":
            guard let items = node["items"] else {
                faults.add(at: node.place, field: "items", found: "nothing", expected: "a type")
                return .any
            }
            return .array(ArrayType(items: type(items), binding: binding(node)))
        default: return type(kind)
        }
    }

    private func named(_ word: String, at node: Node) -> DataType {
        if word.hasSuffix("?") {
            return .union([.null, named(String(word.dropLast()), at: node)])
        }
        if word.hasSuffix("[]") {
            return .array(ArrayType(items: named(String(word.dropLast(2)), at: node), binding: nil))
        }
        if let type = DataType.named[word] { return type }
        let name = Identifier.short(word)
        guard let definition = names[name] else {
            faults.add(node, field: "type", expected: "a type")
            return .any
        }
        if let type = known[name] { return type }
        guard !open.contains(name) else {
            faults.add(
                at: node.place, field: "type", found: "\(name) within itself",
                expected: "a type of other types")
            return .any
        }
        open.append(name)
        defer { open.removeLast() }
        let type = type(definition)
        known[name] = type
        return type
    }

    private func binding(_ node: Node) -> CommandBinding? {
        ParameterReader(types: self).binding(node["inputBinding"])
    }

    private func record(_ node: Node) -> DataType {
        let entries = ParameterReader.entries(node["fields"], key: "name", short: "type")
        return .record(
            RecordType(
                name: node["name"]?.text.map(Identifier.short),
                fields: ParameterReader(types: self).parameters(entries, isOutput: true),
                binding: binding(node)))
    }

    private func enumeration(_ node: Node) -> DataType {
        let symbols = (node["symbols"]?.elements ?? []).compactMap(\.text).map {
            $0.contains("#") ? Identifier.short($0) : $0
        }
        if symbols.isEmpty {
            faults.add(at: node.place, field: "symbols", found: "nothing", expected: "words")
        }
        return .enumeration(
            EnumerationType(
                name: node["name"]?.text.map(Identifier.short), symbols: symbols,
                binding: binding(node)))
    }
}
