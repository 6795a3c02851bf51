import Documents

/// A value with the place where a document has it.
struct Marked<Value: Sendable>: Sendable {
    let value: Value
    let mark: TextMark
    /// The field's path in the document.
    let path: String
}

extension DocumentObject {
    /// A text with its place; `nil` where it is absent, which is a fault unless it is optional.
    func markedText(_ key: String, expected: String = "a text", optional: Bool = false)
        -> Marked<String>?
    {
        let text =
            optional ? optionalText(key, expected: expected) : text(key, expected: expected)
        return text.map { Marked(value: $0, mark: mark(key), path: path(key)) }
    }

    /// A name that may become part of a file's name.
    func name(_ key: String, optional: Bool = false) -> Marked<String>? {
        markedText(key, expected: PlainName.rule, optional: optional).flatMap(checked)
    }

    /// The names of a list; none where the key is absent.
    func names(_ key: String) -> [Marked<String>] {
        list(key).enumerated().compactMap { index, value in
            let path = path(key, index)
            return text(value, at: path, expected: PlainName.rule)
                .flatMap { checked(Marked(value: $0, mark: value.mark, path: path)) }
        }
    }

    private func checked(_ name: Marked<String>) -> Marked<String>? {
        if PlainName.isPlain(name.value) { return name }
        faults.add(
            at: name.mark, field: name.path, found: PlainText.quoted(name.value),
            expected: PlainName.rule)
        return nil
    }

    /// Texts of any characters but NUL, which no argument of a program can have.
    func arguments(_ key: String) -> [String] {
        list(key).enumerated().compactMap { index, value in
            if let text = value.text, !text.utf8.contains(0) { return text }
            fault(value, at: path(key, index), expected: "a text without NUL")
            return nil
        }
    }
}

extension FaultLog {
    /// Notes every name that was used before.
    func check(names: [Marked<String>], of what: String) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name.value).inserted {
            add(
                at: name.mark, field: name.path, found: "a second \(what) named \(name.value)",
                expected: "a name of its own")
        }
    }
}
