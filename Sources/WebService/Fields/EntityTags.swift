/// The tags of an `If-None-Match` field (RFC 9110 section 13.1.2).
enum EntityTags: Hashable, Sendable {
    /// `*`: whatever there is.
    case any
    /// Opaque tags with their quotes, without the `W/` of weak ones.
    case tags(Set<String>)

    /// - Parameter field: the value of all its lines, joined by commas; what is no tag in it is
    ///   passed over, so that at worst an answer is sent once more.
    init(_ field: String) {
        let elements = HeaderList.elements(field)
        if elements == ["*"] {
            self = .any
            return
        }
        self = .tags(
            Set(
                elements.compactMap { element in
                    let tag = element.hasPrefix("W/") ? element.dropFirst(2) : element
                    let isTag = tag.count >= 2 && tag.hasPrefix("\"") && tag.hasSuffix("\"")
                    return isTag ? String(tag) : nil
                }))
    }

    /// Whether a tag is among them, by the weak comparison (section 8.8.3.2).
    func holds(_ tag: String) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains(tag)
        }
    }
}
