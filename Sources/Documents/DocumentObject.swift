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
    /// Where in the document it is, as faults say it: `survey.field`; empty at the root.
    public let path: String
    /// Where the object begins.
    public let mark: TextMark
    /// In the document's order, each name once.
    public let fields: [DocumentValue.Field]
    public let faults: FaultLog
    let notation: Notation

    private init(_ other: DocumentObject, path: String) {
        self.path = path
        mark = other.mark
        fields = other.fields
        faults = other.faults
        notation = other.notation
    }

    /// The object that a value is; `nil` with a fault where it is something else.
    private init?(_ value: DocumentValue, path: String, notation: Notation, faults: FaultLog) {
        guard let fields = value.fields else {
            notation.add(
                value.mark, field: path.isEmpty ? nil : path, found: notation.describe(value),
                expected: notation.object, to: faults)
            return nil
        }
        self.path = path
        self.notation = notation
        self.faults = faults
        mark = value.mark
        // YAML's parser refuses a name that is there twice.
        if notation == .yaml || fields.count < 2 {
            self.fields = fields
            return
        }
        var seen: Set<String> = []
        var once: [DocumentValue.Field] = []
        once.reserveCapacity(fields.count)
        for field in fields {
            if seen.insert(field.name).inserted {
                once.append(field)
            } else {
                notation.add(
                    field.mark, field: Self.path(field.name, in: path),
                    found: "a \(notation.field) twice", expected: "each \(notation.field) once",
                    to: faults)
            }
        }
        self.fields = once
    }

    /// The object that a document consists of; `nil` with a fault where it is something else.
    public init?(_ text: String, notation: Notation = .yaml, faults: FaultLog) {
        guard let value = notation.value(of: text, faults: faults) else { return nil }
        self.init(value, path: "", notation: notation, faults: faults)
    }

    /// The same object, called otherwise in faults.
    public func at(_ path: String) -> DocumentObject { DocumentObject(self, path: path) }

    /// Line where the object begins, from 1.
    public var line: Int { mark.line }

    /// Line of a key, from 1; the object's own where the key is absent.
    public func line(_ key: String) -> Int { (field(key)?.mark ?? mark).line }

    /// The keys, in the document's order.
    public var keys: [String] { fields.map(\.name) }

    /// Whether the key is there with a value, which null is not.
    public func has(_ key: String) -> Bool { value(key) != nil }

    /// Notes every key that is not one of `known`.
    ///
    /// - Parameter owner: whose keys they are, as the fault says it: ` of group`.
    public func check(keys known: [String], of owner: String = "") {
        for field in fields where !known.contains(field.name) {
            notation.add(
                field.mark, field: path(field.name), found: "an unknown \(notation.field)\(owner)",
                expected: notation.oneOf(known, insteadOf: field.name), to: faults)
        }
    }

    /// Notes a fault of a key.
    ///
    /// - Parameter found: what is there, where that is not simply its value.
    public func fault(_ key: String, found: String? = nil, expected: String) {
        notation.add(
            mark(key), field: path(key),
            found: found ?? value(key).map(notation.describe) ?? "nothing", expected: expected,
            to: faults)
    }

    /// Notes a fault of a value within the object, such as an element of a list.
    ///
    /// - Parameter path: where it is.
    public func fault(_ value: DocumentValue, at path: String, expected: String) {
        notation.add(
            value.mark, field: path, found: notation.describe(value), expected: expected,
            to: faults)
    }

    /// The object below a key.
    ///
    /// - Parameter required: whether its absence is a fault.
    public func object(_ key: String, required: Bool = true) -> DocumentObject? {
        guard let value = value(key) else {
            if required { fault(key, expected: notation.object) }
            return nil
        }
        guard value.fields != nil else {
            fault(key, expected: notation.object)
            return nil
        }
        return object(value, at: path(key))
    }

    /// A value within the object as an object; `nil` with a fault where it is something else.
    public func object(_ value: DocumentValue, at path: String) -> DocumentObject? {
        DocumentObject(value, path: path, notation: notation, faults: faults)
    }

    /// The objects of the list below a key; what is no object is noted and left out.
    ///
    /// - Parameter required: whether the list's absence is a fault.
    public func objects(_ key: String, required: Bool = false) -> [DocumentObject] {
        list(key, required: required).enumerated().compactMap { index, value in
            object(value, at: path(key, index))
        }
    }

    // MARK: - Values

    private func field(_ key: String) -> DocumentValue.Field? {
        fields.first { $0.name == key }
    }

    /// A key's value; `nil` where it is absent or null.
    public func value(_ key: String) -> DocumentValue? {
        guard let value = field(key)?.value, !value.isNull else { return nil }
        return value
    }

    /// The elements of the list below a key; none, with a fault, where it is something else.
    ///
    /// - Parameter required: whether the list's absence is a fault.
    public func list(_ key: String, required: Bool = false) -> [DocumentValue] {
        guard let value = value(key) else {
            if required { fault(key, expected: "a list") }
            return []
        }
        guard let list = value.elements else {
            fault(key, expected: "a list")
            return []
        }
        return list
    }

    /// Where faults of a key lie.
    public func mark(_ key: String) -> TextMark {
        (notation.pointsAtValues ? value(key)?.mark : field(key)?.mark) ?? mark
    }

    /// The path of a key, made harmless.
    public func path(_ key: String) -> String { Self.path(key, in: path) }

    /// The path of an element of the list below a key.
    public func path(_ key: String, _ index: Int) -> String { "\(path(key))[\(index)]" }

    private static func path(_ key: String, in path: String) -> String {
        let isShown =
            key.utf8.count <= 64 && key.unicodeScalars.allSatisfy(PlainText.isPrintable)
        let shown = isShown ? key : PlainText.quoted(key)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }
}
