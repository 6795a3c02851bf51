extension DocumentObject {
    /// Whether a key's value is a list.
    public func isList(_ key: String) -> Bool { value(key)?.elements != nil }

    /// Whether a key's value is an object.
    public func isObject(_ key: String) -> Bool { value(key)?.fields != nil }

    /// The texts of a list; what is none is noted and left out.
    ///
    /// - Parameter required: whether the list's absence is a fault.
    public func texts(_ key: String, required: Bool = false) -> [String] {
        list(key, required: required).enumerated().compactMap { index, value in
            text(value, at: path(key, index))
        }
    }

    /// The scalars of a list as they are written, `nil` for what is none; `nil` where the key is
    /// absent or has no list.
    public func words(_ key: String) -> [String?]? {
        value(key)?.elements?.map(\.word)
    }

    /// Two numbers, each within a range.
    public func pair(
        _ key: String, _ range: NumberRange, default standard: (Double, Double)
    ) -> (Double, Double)? {
        guard let value = value(key) else { return standard }
        guard let list = value.elements, list.count == 2, let low = notation.number(of: list[0]),
            let high = notation.number(of: list[1]), range.contains(low), range.contains(high)
        else {
            let found = value.elements.map { list in
                "[" + list.map(notation.describe).joined(separator: ", ") + "]"
            }
            fault(key, found: found, expected: "a list of two, each \(range.text)")
            return nil
        }
        return (low + 0, high + 0)
    }
}
