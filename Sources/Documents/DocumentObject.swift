import Yams

/// An object of a YAML or JSON document (YAML 1.2.2: a mapping), read field by field; what is
/// wrong with it goes to a fault log.
///
/// ```swift
/// let faults = FaultLog(file: "plan.yaml")
/// let root = DocumentObject(text, faults: faults)
/// root?.check(keys: ["name", "field"])
/// let name = root?.text("name")
/// let width = root?.object("field")?.number("width", .from(0.1, to: 90))
/// // ... and then, of all fields at once:
/// for fault in faults.diagnostics { print(fault) }
/// ```
///
/// Reading functions return `nil` where a value is absent without a default, or at fault: then
/// the log says so.
public struct DocumentObject {
    /// How a document is written, which decides what is a text and what a number.
    public enum Notation: Sendable {
        /// YAML: a scalar is what the field wants it to be; faults lie in a line.
        case yaml
        /// JSON, read as the YAML that it is: a text has quotes and a number has none; an object
        /// is called one in faults, which have a line and a column.
        case json
    }

    /// What stands before a key in a diagnostic: `survey.field.`; empty at the root.
    public let prefix: String
    public let faults: FaultLog
    let notation: Notation
    private let node: Node.Mapping

    private init(_ node: Node.Mapping, prefix: String, notation: Notation, faults: FaultLog) {
        self.node = node
        self.prefix = prefix
        self.notation = notation
        self.faults = faults
    }

    /// The object that a document consists of; `nil` with a fault where it is something else.
    public init?(_ text: String, notation: Notation = .yaml, faults: FaultLog) {
        let root: Node?
        do {
            root = try Yams.compose(
                yaml: notation == .json ? JSONEscapes.joined(text) : text)
        } catch let error as YamlError {
            error.log(to: faults, notation)
            return nil
        } catch {
            faults.add(found: "no \(notation.name): \(error)", expected: notation.name)
            return nil
        }
        guard let mapping = root?.mapping else {
            faults.add(
                line: root?.mark?.line, found: root.map(notation.describe) ?? "an empty file",
                expected: notation.object)
            return nil
        }
        self.init(mapping, prefix: "", notation: notation, faults: faults)
    }

    /// Line where the object begins, from 1.
    public var line: Int? { mark?.line }

    /// Line of a key, from 1; the object's own where the key is absent.
    public func line(_ key: String) -> Int? { mark(key)?.line }

    /// The keys, in the document's order.
    public var keys: [String] { node.compactMap { $0.key.string } }

    /// Whether the key is there with a value, which null is not.
    public func has(_ key: String) -> Bool { value(key) != nil }

    /// Notes every key that is not one of `known`, with the one that was probably meant.
    public func check(keys known: [String]) {
        for (key, _) in node {
            let name = key.string ?? notation.describe(key)
            guard !known.contains(name) else { continue }
            let list = known.sorted().joined(separator: ", ")
            let nearest = Spelling.nearest(to: name, in: known)
            add(
                key.mark, field: prefix + name, found: "an unknown key",
                expected: nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)")
        }
    }

    /// Notes a fault of a key.
    ///
    /// - Parameter found: what is there, where that is not simply its value.
    public func fault(_ key: String, found: String? = nil, expected: String) {
        add(
            mark(key), field: prefix + key,
            found: found ?? value(key).map(notation.describe) ?? "nothing", expected: expected)
    }

    /// The object below a key.
    ///
    /// - Parameter required: whether its absence is a fault.
    public func object(_ key: String, required: Bool = true) -> DocumentObject? {
        guard let value = value(key) else {
            if required { fault(key, expected: notation.object) }
            return nil
        }
        guard let mapping = value.mapping else {
            fault(key, expected: notation.object)
            return nil
        }
        return DocumentObject(
            mapping, prefix: "\(prefix)\(key).", notation: notation, faults: faults)
    }

    /// The objects of the list below a key; what is no object is noted and left out.
    ///
    /// - Parameter required: whether the list's absence is a fault.
    public func objects(_ key: String, required: Bool = false) -> [DocumentObject] {
        list(key, required: required).enumerated().compactMap { index, node in
            guard let mapping = node.mapping else {
                add(
                    node.mark, field: "\(prefix)\(key)[\(index)]",
                    found: notation.describe(node), expected: notation.object)
                return nil
            }
            return DocumentObject(
                mapping, prefix: "\(prefix)\(key)[\(index)].", notation: notation, faults: faults)
        }
    }

    // MARK: - Nodes

    /// A key's node; `nil` where it is absent or null.
    func value(_ key: String) -> Node? {
        guard let value = node[key], value.null == nil else { return nil }
        return value
    }

    /// The elements of the list below a key; none, with a fault, where it is something else.
    func list(_ key: String, required: Bool) -> [Node] {
        guard let value = value(key) else {
            if required { fault(key, expected: "a list") }
            return []
        }
        guard let list = value.sequence else {
            fault(key, expected: "a list")
            return []
        }
        return Array(list)
    }

    /// Notes a fault at a place of the document.
    func add(_ mark: Mark?, field: String, found: String, expected: String) {
        faults.add(
            line: mark?.line, column: notation == .json ? mark?.column : nil, field: field,
            found: found, expected: expected)
    }

    private var mark: Mark? { node.mark ?? node.first?.key.mark }

    private func mark(_ key: String) -> Mark? {
        node.first { $0.key.string == key }?.key.mark ?? mark
    }
}

extension DocumentObject.Notation {
    fileprivate var name: String { self == .yaml ? "YAML" : "JSON" }

    /// What an object is called.
    fileprivate var object: String {
        self == .yaml ? "a mapping of keys to values" : "an object"
    }

    /// A node as a diagnostic names it.
    func describe(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            self == .yaml || scalar.isText ? "\"\(scalar.string)\"" : scalar.string
        case .mapping: self == .yaml ? "a mapping" : "an object"
        case .sequence(let list): "a list of \(list.count)"
        case .alias: "an alias"
        }
    }
}

extension Node.Scalar {
    /// Whether it is written in quotes or as a block, so that it is no number in JSON.
    var isText: Bool { style != .plain && style != .any }
}

extension YamlError {
    fileprivate func log(to faults: FaultLog, _ notation: DocumentObject.Notation) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            faults.add(
                line: mark.line, column: notation == .json ? mark.column : nil,
                found: "no \(notation.name): \(problem)", expected: notation.name)
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.sorted().joined(separator: ", ")
            faults.add(
                line: context.mark.line, found: "a key twice: \(list)", expected: "each key once")
        case .reader(let problem, _, _, _):
            faults.add(found: "no \(notation.name): \(problem)", expected: notation.name)
        default:
            faults.add(found: "no \(notation.name): \(self)", expected: notation.name)
        }
    }
}
