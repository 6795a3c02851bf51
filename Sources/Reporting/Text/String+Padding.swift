extension String {
    /// The text at the left of a column of `width` characters; as it is where it is longer.
    func padded(to width: Int) -> String { self + Self.spaces(width - count) }

    /// The text at the right of a column of `width` characters; as it is where it is longer.
    func padded(from width: Int) -> String { Self.spaces(width - count) + self }

    private static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: Swift.max(0, count))
    }
}
