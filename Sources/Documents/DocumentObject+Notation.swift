public import Foundation

extension DocumentObject {
    /// How a document is written, which decides what is a text and what a number, and how faults
    /// speak of it.
    public enum Notation: Sendable {
        /// YAML: a scalar is what the field wants it to be; faults have the line and column of a
        /// key.
        case yaml
        /// JSON, and what YAML takes beyond it: a text has quotes and a number has none; an
        /// object is called one in faults, which have the line and column of a key.
        case json
        /// JSON, or YAML for the same values: what is written plainly as `true`, `false`, `null`
        /// or a decimal number is that, everything else a text.  A text that begins with `{` or
        /// `[` is to be JSON.  Faults have the line and column of a value.
        case jsonOrYAML
    }

    /// The object that a document of the notation `jsonOrYAML` consists of; `nil` with a fault
    /// where it is something else.
    ///
    /// - Parameters:
    ///   - data: in an encoding of YAML's (`DocumentEncoding`).
    ///   - mostBytes: a larger document is refused unread.
    public init?(_ data: Data, mostBytes: Int, faults: FaultLog) {
        guard data.count <= mostBytes else {
            faults.add(
                at: .start, field: nil, found: "\(data.count) bytes",
                expected: "at most \(mostBytes) bytes")
            return nil
        }
        switch DocumentEncoding.text(of: data) {
        case .success(let text): self.init(text, notation: .jsonOrYAML, faults: faults)
        case .failure(let fault):
            faults.add(at: .start, field: nil, found: fault.found, expected: fault.expected)
            return nil
        }
    }
}

extension DocumentValue {
    /// The value that a document consists of.
    public init(_ text: String, notation: DocumentObject.Notation) throws(DocumentError) {
        switch notation {
        case .yaml: self = try YAMLReader.read(text)
        case .json:
            if let value = try? JSONReader.read(Array(text.utf8)) {
                self = value
            } else {
                self = try YAMLReader.read(text)
            }
        case .jsonOrYAML:
            let first = text.utf8.first { !" \t\r\n".utf8.contains($0) }
            self =
                first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
                ? try JSONReader.read(Array(text.utf8)) : try YAMLReader.read(text)
        }
    }
}

extension DocumentObject.Notation {
    private var name: String {
        switch self {
        case .yaml: "YAML"
        case .json: "JSON"
        case .jsonOrYAML: "YAML or JSON"
        }
    }

    /// What an object is called.
    var object: String { self == .yaml ? "a mapping of keys to values" : "an object" }

    /// What a field is called.
    var field: String { self == .jsonOrYAML ? "field" : "key" }

    /// Whether faults of a field lie at its value rather than at its name.
    var pointsAtValues: Bool { self == .jsonOrYAML }

    /// The value that a document consists of; `nil` with a fault where it is none.
    func value(of text: String, faults: FaultLog) -> DocumentValue? {
        do throws(DocumentError) {
            return try DocumentValue(text, notation: self)
        } catch {
            let (found, expected) = words(error.reason)
            if let mark = error.mark ?? (self == .jsonOrYAML ? .start : nil) {
                add(mark, field: nil, found: found, expected: expected, to: faults)
            } else {
                faults.add(found: found, expected: expected)
            }
            return nil
        }
    }

    private func words(_ reason: DocumentError.Reason) -> (found: String, expected: String) {
        switch reason {
        case .empty:
            self == .jsonOrYAML ? ("an empty text", "a document") : ("an empty file", object)
        case .twice(let names):
            ("a \(field) twice: \(names.joined(separator: ", "))", "each \(field) once")
        case .problem(let problem):
            (self == .jsonOrYAML ? problem : "no \(name): \(problem)", name)
        case .other(let found, let expected): (found, expected)
        }
    }

    /// The words of which one is expected.
    func choice(_ words: [String]) -> String {
        self == .jsonOrYAML
            ? words.map { "\"\($0)\"" }.joined(separator: " or ")
            : "one of: \(words.joined(separator: ", "))"
    }

    /// The names of which one is expected in place of an unknown one.
    func oneOf(_ known: [String], insteadOf name: String) -> String {
        if self == .jsonOrYAML { return "one of: \(known.joined(separator: ", "))" }
        let list = known.sorted().joined(separator: ", ")
        let nearest = Spelling.nearest(to: name, in: known)
        return nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)"
    }

    /// Notes a fault at a place of the document.
    func add(
        _ mark: TextMark, field: String?, found: String, expected: String, to faults: FaultLog
    ) {
        switch self {
        case .yaml, .json:
            faults.add(
                line: mark.line, column: mark.column, field: field, found: found,
                expected: expected)
        case .jsonOrYAML: faults.add(at: mark, field: field, found: found, expected: expected)
        }
    }

    // MARK: - Scalars

    /// A value as a diagnostic names it.
    func describe(_ value: DocumentValue) -> String {
        switch value.content {
        case .text(let text): PlainText.quoted(text)
        case .plain(let word): describe(plain: word, value)
        case .object: self == .yaml ? "a mapping" : "an object"
        case .list(let values): "a list of \(values.count)"
        }
    }

    private func describe(plain word: String, _ value: DocumentValue) -> String {
        if self == .yaml || (self == .jsonOrYAML && value.text != nil) {
            return PlainText.quoted(word)
        }
        if value.isNull { return "null" }
        return value.number.map { Int(exactly: $0).map(String.init) ?? "\($0)" } ?? word
    }

    /// The text that a value is.
    func text(of value: DocumentValue) -> String? {
        switch self {
        case .yaml: value.word
        case .json: if case .text(let text) = value.content { text } else { nil }
        case .jsonOrYAML: value.text
        }
    }

    /// The number that a value is.
    func number(of value: DocumentValue) -> Double? {
        guard self == .yaml else { return value.number }
        guard let word = value.word else { return nil }
        // `010` is 8 in YAML 1.1 and 10 in YAML 1.2.
        let digits = word.drop { $0 == "+" || $0 == "-" }
        guard !digits.hasPrefix("0") || !(digits.dropFirst().first?.isNumber ?? false) else {
            return nil
        }
        return PlainText.decimal(word)
    }
}
