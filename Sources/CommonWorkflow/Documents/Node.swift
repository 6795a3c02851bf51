import Documents

/// A value of a CWL document, with its file and place there, after `$import` and `$include`.
struct Node: Sendable {
    enum Content: Sendable {
        case scalar(JSONValue)
        case list([Node])
        case object([Field])
    }

    struct Field: Sendable {
        let name: String
        let place: Place
        let value: Node
    }

    /// Where something is written.
    struct Place: Hashable, Sendable {
        /// An absolute path.
        let file: String
        let mark: TextMark
    }

    let content: Content
    let place: Place

    /// The fields of an object.
    var fields: [Field]? {
        if case .object(let fields) = content { fields } else { nil }
    }

    /// The elements of a list.
    var elements: [Node]? {
        if case .list(let nodes) = content { nodes } else { nil }
    }

    /// The elements of a list, or the node itself.
    var asList: [Node] { elements ?? [self] }

    var text: String? {
        if case .scalar(.text(let text)) = content { text } else { nil }
    }

    var isNull: Bool {
        if case .scalar(.null) = content { true } else { false }
    }

    /// A field that is there and not null.
    subscript(name: String) -> Node? {
        guard let value = fields?.first(where: { $0.name == name })?.value else { return nil }
        return value.isNull ? nil : value
    }

    /// The value; locations of File and Directory objects in it are relative to its file.
    var value: JSONValue { value(in: nil) }

    /// The value; locations of File and Directory objects in it are relative to a folder, or to
    /// its file.
    func value(in folder: String?) -> JSONValue {
        switch content {
        case .scalar(let value): return value
        case .list(let nodes): return .list(nodes.map { $0.value(in: folder) })
        case .object(let fields):
            let object = JSONValue.object(
                fields.map { JSONValue.Member(name: $0.name, value: $0.value.value(in: folder)) })
            return FileObject.located(
                object, in: folder ?? FileLocation.folder(ofPath: place.file))
        }
    }

    /// What it is, in messages.
    var description: String {
        switch content {
        case .scalar(let value): ValueText.brief(value)
        case .list(let nodes): "a list of \(nodes.count)"
        case .object: "an object"
        }
    }
}
