/// Identifiers of documents, which stand alone, after `#`, or after those of what they are in
/// (Schema Salad 1.2, "Identifier resolution").
enum Identifier {
    /// What is after `#`; the whole of one without it.
    static func fragment(_ id: String) -> Substring {
        id.lastIndex(of: "#").map { id[id.index(after: $0)...] } ?? id[...]
    }

    /// The last part: `file` of `#main/step/file`.
    static func short(_ id: String) -> String {
        let fragment = fragment(id)
        return fragment.split(separator: "/").last.map(String.init) ?? String(fragment)
    }

    /// A reference to a file and what is in it: the part before `#`, and what is after it.
    static func parts(_ reference: String) -> (file: String, fragment: String?) {
        guard let hash = reference.lastIndex(of: "#") else { return (reference, nil) }
        let fragment = reference[reference.index(after: hash)...]
        return (String(reference[..<hash]), fragment.isEmpty ? nil : String(fragment))
    }
}
