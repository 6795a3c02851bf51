/// A value of a JSON or YAML document, with where it stands.
public struct DocumentValue: Hashable, Sendable {
    /// Objects and lists in one another; a deeper document is refused.
    public static let deepest = 128

    public let content: Content
    public let mark: TextMark

    public enum Content: Hashable, Sendable {
        /// A scalar without quotes, as it is written: JSON's `null`, `true`, `false` and numbers;
        /// in YAML other words too.
        case plain(String)
        /// A scalar in quotes, or in YAML a block.
        case text(String)
        case list([DocumentValue])
        case object([Field])
    }

    /// One of an object's fields, in the document's order.
    public struct Field: Hashable, Sendable {
        public let name: String
        public let mark: TextMark
        public let value: DocumentValue

        public init(name: String, mark: TextMark, value: DocumentValue) {
            self.name = name
            self.mark = mark
            self.value = value
        }
    }

    public init(content: Content, mark: TextMark) {
        self.content = content
        self.mark = mark
    }

    /// Whether it is null (YAML 1.2.2 section 10.3.2).
    public var isNull: Bool {
        guard case .plain(let word) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(word)
    }

    /// `true` or `false`, written plainly.
    public var bool: Bool? {
        guard case .plain(let word) = content else { return nil }
        return Bool(word)
    }

    /// A number as JSON writes it, without quotes.
    public var number: Double? {
        guard case .plain(let word) = content else { return nil }
        return JSONReader.number(word)
    }

    /// A text as JSON has it: in quotes, or a YAML word that is neither null, `true`, `false` nor
    /// a number.
    public var text: String? {
        switch content {
        case .text(let text): text
        case .plain(let word): isNull || bool != nil || number != nil ? nil : word
        case .list, .object: nil
        }
    }

    /// A scalar as it is written, whatever it is.
    public var word: String? {
        switch content {
        case .text(let word), .plain(let word): word
        case .list, .object: nil
        }
    }

    /// The elements of a list.
    public var elements: [DocumentValue]? {
        if case .list(let values) = content { values } else { nil }
    }

    /// The fields of an object, those of one name as often as they are there.
    public var fields: [Field]? {
        if case .object(let fields) = content { fields } else { nil }
    }
}
