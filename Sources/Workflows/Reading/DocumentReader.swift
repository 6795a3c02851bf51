import Foundation
import Documents
import GroundSegment

/// Takes values out of a document and collects every fault on the way.
struct DocumentReader {
    /// Bytes of a document that is read at all.
    static let mostBytes = 10_000_000

    let file: String
    private var marked: [(mark: TextMark, fault: Diagnostic)] = []

    init(file: String) {
        self.file = file
    }

    /// How many faults there are.
    var count: Int { marked.count }

    /// All faults, in the document's order.
    var faults: [Diagnostic] {
        marked.enumerated()
            .sorted { ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset) }
            .map(\.element.fault)
    }

    /// The value that a document consists of; `nil` where it is none, which is a fault.
    mutating func document(_ data: Data, mostBytes: Int = Self.mostBytes) -> DocumentValue? {
        if data.count > mostBytes {
            fault(
                .start, nil, found: "\(data.count) bytes",
                expected: "at most \(mostBytes) bytes")
            return nil
        }
        guard let text = String(data: data, encoding: .utf8) else {
            fault(.start, nil, found: "bytes that are no UTF-8", expected: "UTF-8")
            return nil
        }
        do throws(SyntaxError) {
            let bytes = Array(data)
            let first = bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
            return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
                ? try JSONText.read(bytes) : try YAMLText.read(text)
        } catch {
            fault(error.mark, nil, found: error.found, expected: error.expected)
            return nil
        }
    }

    mutating func fault(_ mark: TextMark, _ field: String?, found: String, expected: String) {
        marked.append(
            (
                mark,
                Diagnostic(
                    file: file, place: .position(line: mark.line, column: mark.column),
                    field: field, found: found, expected: expected)
            ))
    }

    /// A fault of a value that is something else than it should be.
    mutating func fault(_ value: DocumentValue, _ field: String?, expected: String) {
        fault(value.mark, field, found: value.summary, expected: expected)
    }

    /// The fields of an object, each once and none of them unknown; `nil` where the value is
    /// something else.
    mutating func object(_ value: DocumentValue, _ path: String, fields known: [String])
        -> DocumentObject?
    {
        guard let object = object(value, path) else { return nil }
        for field in object.fields where !known.contains(field.name) {
            fault(
                field.mark, object.path(field.name), found: "an unknown field",
                expected: "one of: \(known.joined(separator: ", "))")
        }
        return object
    }

    /// The fields of an object of any names, each once.
    mutating func object(_ value: DocumentValue, _ path: String) -> DocumentObject? {
        guard case .object(let fields) = value.content else {
            fault(value, path.isEmpty ? nil : path, expected: "an object")
            return nil
        }
        var seen: Set<String> = []
        var once: [DocumentValue.Field] = []
        let object = DocumentObject(mark: value.mark, path: path, fields: fields)
        for field in fields {
            if seen.insert(field.name).inserted {
                once.append(field)
            } else {
                fault(
                    field.mark, object.path(field.name), found: "a field twice",
                    expected: "each field once")
            }
        }
        return DocumentObject(mark: value.mark, path: path, fields: once)
    }
}

/// An object of a document while its fields are read.
struct DocumentObject {
    let mark: TextMark
    /// Where in the document it is: `nodes.merge.in`; empty for the document itself.
    let path: String
    let fields: [DocumentValue.Field]

    /// The value of a field; one that is null counts as absent.
    subscript(_ field: String) -> DocumentValue? {
        guard let value = fields.first(where: { $0.name == field })?.value else { return nil }
        if case .null = value.content { return nil }
        return value
    }

    /// The path of a field, made harmless.
    func path(_ field: String) -> String {
        let shown =
            field.utf8.count <= 64 && field.unicodeScalars.allSatisfy(DocumentValue.isPrintable)
            ? field : DocumentValue.quoted(field)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }

    /// The place of a field's value, or of the object where the field is absent.
    func mark(_ field: String) -> TextMark { self[field]?.mark ?? mark }
}
