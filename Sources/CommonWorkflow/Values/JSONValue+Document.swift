import Documents

extension JSONValue {
    /// The value that a part of a document is, without its places.
    init(_ value: DocumentValue) {
        self =
            switch value.content {
            case .plain(let word): PlainScalar.value(word)
            case .text(let text): .text(text)
            case .list(let values): .list(values.map(JSONValue.init))
            case .object(let fields):
                .object(fields.map { Member(name: $0.name, value: JSONValue($0.value)) })
            }
    }
}
