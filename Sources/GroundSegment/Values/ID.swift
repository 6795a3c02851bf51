/// The identifier of an `Item`, so that a tile's cannot be passed for an observation's.
///
/// Identifiers are any printable text ("50294/VAST_1045-62") and unique within one survey only.
public struct ID<Item>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The identifier as its source writes it.
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }

    /// Identifiers are equal where their bytes are: canonically equivalent spellings of a text
    /// differ, as they do in files and in the catalogue, and as the order has it.
    public static func == (left: ID, right: ID) -> Bool {
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Order of the UTF-8 bytes: the same on every machine and in every locale.
    public static func < (left: ID, right: ID) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension ID: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }
}
