import Yams

/// A mapping of a YAML file, read key by key; what is wrong with it goes to a fault log.
///
/// Reading functions return `nil` where a value is absent without a default, or at fault: then
/// the log says so.
struct YAMLMapping {
    /// What stands before a key in a diagnostic: `survey.field.`; empty at the root.
    let prefix: String
    let faults: FaultLog
    private let node: Node.Mapping

    private init(_ node: Node.Mapping, prefix: String, faults: FaultLog) {
        self.node = node
        self.prefix = prefix
        self.faults = faults
    }

    /// The mapping that a file consists of.
    init?(text: String, faults: FaultLog) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            error.log(to: faults)
            return nil
        } catch {
            faults.add(found: "no YAML: \(error)", expected: "YAML")
            return nil
        }
        guard let mapping = root?.mapping else {
            faults.add(
                line: root?.mark?.line, found: root.map(describe) ?? "an empty file",
                expected: "a mapping of keys to values")
            return nil
        }
        self.init(mapping, prefix: "", faults: faults)
    }

    /// Line where the mapping begins.
    var line: Int? { node.mark?.line ?? node.first?.key.mark?.line }

    /// Line of a key's value; the mapping's own where the key is absent.
    func line(_ key: String) -> Int? {
        node.first { $0.key.string == key }?.key.mark?.line ?? line
    }

    /// The texts of all keys, in the file's order.
    var keys: [String] { node.compactMap { $0.key.string } }

    /// Whether the key is there with a value.
    func has(_ key: String) -> Bool { value(key) != nil }

    /// A key's node; `nil` where it is absent or null.
    func value(_ key: String) -> Node? {
        guard let value = node[key], value.null == nil else { return nil }
        return value
    }

    /// Notes every key that is not one of `known`, with the one that was probably meant.
    func check(keys known: [String]) {
        for (key, _) in node {
            let name = key.string ?? describe(key)
            guard !known.contains(name) else { continue }
            let list = known.sorted().joined(separator: ", ")
            let nearest = Spelling.nearest(to: name, in: known)
            faults.add(
                line: key.mark?.line, field: prefix + name, found: "an unknown key",
                expected: nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)")
        }
    }

    /// Notes a fault of a key.
    func fault(_ key: String, found: String? = nil, expected: String) {
        faults.add(
            line: line(key), field: prefix + key,
            found: found ?? value(key).map(describe) ?? "nothing", expected: expected)
    }

    /// The mapping below a key.
    func mapping(_ key: String, required: Bool = true) -> YAMLMapping? {
        guard let value = value(key) else {
            if required { fault(key, expected: "a mapping of keys to values") }
            return nil
        }
        guard let mapping = value.mapping else {
            fault(key, expected: "a mapping of keys to values")
            return nil
        }
        return YAMLMapping(mapping, prefix: "\(prefix)\(key).", faults: faults)
    }

    /// The mappings of the list below an optional key.
    func mappings(_ key: String) -> [YAMLMapping] {
        guard let value = value(key) else { return [] }
        guard let list = value.sequence else {
            fault(key, expected: "a list")
            return []
        }
        return list.enumerated().compactMap { index, node in
            guard let mapping = node.mapping else {
                faults.add(
                    line: node.mark?.line, field: "\(prefix)\(key)[\(index)]",
                    found: describe(node), expected: "a mapping of keys to values")
                return nil
            }
            return YAMLMapping(mapping, prefix: "\(prefix)\(key)[\(index)].", faults: faults)
        }
    }
}

/// A node as a diagnostic names it.
func describe(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): "\"\(scalar.string)\""
    case .mapping: "a mapping"
    case .sequence(let list): "a list of \(list.count)"
    case .alias: "an alias"
    }
}

extension YamlError {
    fileprivate func log(to faults: FaultLog) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            faults.add(line: mark.line, found: "no YAML: \(problem)", expected: "YAML")
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.sorted().joined(separator: ", ")
            faults.add(
                line: context.mark.line, found: "a key twice: \(list)", expected: "each key once")
        case .reader(let problem, _, _, _):
            faults.add(found: "no YAML: \(problem)", expected: "YAML")
        default:
            faults.add(found: "no YAML: \(self)", expected: "YAML")
        }
    }
}
