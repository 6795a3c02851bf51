/// A text that should name a kind of item and does not.
public struct UnknownItemKindError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let found: String

    public init(found: String) {
        self.found = found
    }

    public var description: String {
        "unknown kind of item \(found), expected "
            + ItemKind.allCases.map(\.rawValue).joined(separator: " or ")
    }
}

extension ItemID {
    /// An item of a kind.
    public init(kind: ItemKind, id: String) {
        switch kind {
        case .observation: self = .observation(ID(id))
        case .tile: self = .tile(ID(id))
        case .number: self = .number(Int(id) ?? 0)
        case .campaign: self = .campaign(id)
        }
    }

    /// An item of the kind that a text names, which is one that a distribution assigns.
    ///
    /// - Throws: `UnknownItemKindError` where it names none.
    public init(kind name: String, id: String) throws(UnknownItemKindError) {
        guard let kind = ItemKind(rawValue: name), ItemKind.allCases.contains(kind) else {
            throw UnknownItemKindError(found: name)
        }
        self.init(kind: kind, id: id)
    }
}
