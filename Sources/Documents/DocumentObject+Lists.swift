import Yams

extension DocumentObject {
    /// Whether a key's value is a list.
    public func isList(_ key: String) -> Bool { value(key)?.sequence != nil }

    /// Whether a key's value is an object.
    public func isObject(_ key: String) -> Bool { value(key)?.mapping != nil }

    /// The texts of a list; what is none is noted and left out.
    ///
    /// - Parameter required: whether the list's absence is a fault.
    public func texts(_ key: String, required: Bool = false) -> [String] {
        list(key, required: required).enumerated().compactMap { index, node in
            if let text = text(of: node), PlainText.isPrintable(text) { return text }
            add(
                node.mark, field: "\(prefix)\(key)[\(index)]", found: notation.describe(node),
                expected: "a text")
            return nil
        }
    }

    /// The scalars of a list as they are written, `nil` for what is none; `nil` where the key is
    /// absent or has no list.
    public func words(_ key: String) -> [String?]? {
        value(key)?.sequence.map { list in list.map { $0.scalar?.string } }
    }

    /// Two numbers, each within a range.
    public func pair(
        _ key: String, _ range: NumberRange, default standard: (Double, Double)
    ) -> (Double, Double)? {
        guard let value = value(key) else { return standard }
        guard let list = value.sequence, list.count == 2, let low = number(of: list[0]),
            let high = number(of: list[1]), range.contains(low), range.contains(high)
        else {
            let found = value.sequence.map { list in
                "[" + list.map(notation.describe).joined(separator: ", ") + "]"
            }
            fault(key, found: found, expected: "a list of two, each \(range.text)")
            return nil
        }
        return (low + 0, high + 0)
    }
}
