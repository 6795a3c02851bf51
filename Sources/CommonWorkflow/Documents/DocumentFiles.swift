import Digests
import Documents
import Files
import Foundation

/// The files of a document, each read once, with what they import put in.
final class DocumentFiles {
    private var roots: [String: Node] = [:]
    private var values: [String: DocumentValue] = [:]
    /// The files that are being imported, outermost first.
    private var open: [String] = []
    private let faults: DocumentFaults
    private var nodes = 0
    /// SHA-256 of the files that were read, in hexadecimal, by their paths.
    private(set) var digests: [String: String] = [:]

    /// Bytes that a file may have.
    static let mostBytes = 64 << 20
    /// Values that imports may make of a document.
    private static let mostNodes = 5_000_000

    init(faults: DocumentFaults) {
        self.faults = faults
    }

    /// What a file consists of; `nil` with a fault where that cannot be read.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - place: where the file is named.
    func root(of path: String, from place: Node.Place?) -> Node? {
        if let root = roots[path] { return root }
        if let start = open.firstIndex(of: path) {
            let names = (open[start...] + [path]).map { FileLocation.name(ofPath: $0) }
            fault(
                path, place,
                found: "a file that includes itself: \(names.joined(separator: " -> "))",
                expected: "no such circle")
            return nil
        }
        guard open.count < 64 else {
            fault(path, place, found: "imports more than 64 deep", expected: "fewer")
            return nil
        }
        guard let value = value(of: path, from: place) else { return nil }
        open.append(path)
        defer { open.removeLast() }
        let root = node(value, in: path)
        roots[path] = root
        return root
    }

    private func value(of path: String, from place: Node.Place?) -> DocumentValue? {
        guard let text = text(of: path, from: place) else { return nil }
        do {
            return try DocumentValue(text, notation: .json)
        } catch {
            let (found, expected) = error.words
            let mark = error.mark ?? .start
            faults.add(
                Diagnostic(
                    file: path, place: .position(line: mark.line, column: mark.column),
                    found: found, expected: expected))
            return nil
        }
    }

    private func text(of path: String, from place: Node.Place?) -> String? {
        let data: Data
        do throws(FileError) {
            data = try RegularFile.contents(of: path, limit: Self.mostBytes)
        } catch {
            fault(path, place, found: error.found, expected: error.expected)
            return nil
        }
        digests[path] = SHA256Digest.hex(of: data)
        switch DocumentEncoding.text(of: data) {
        case .success(let text): return text
        case .failure(let problem):
            fault(path, place, found: problem.found, expected: problem.expected)
            return nil
        }
    }

    private func fault(_ path: String, _ place: Node.Place?, found: String, expected: String) {
        guard let place else {
            return faults.add(Diagnostic(file: path, found: found, expected: expected))
        }
        faults.add(at: place, field: path, found: found, expected: expected)
    }

    private func node(_ value: DocumentValue, in file: String) -> Node {
        nodes += 1
        let place = Node.Place(file: file, mark: value.mark)
        guard nodes < Self.mostNodes else {
            if nodes == Self.mostNodes {
                faults.add(
                    at: place, found: "more than \(Self.mostNodes) values", expected: "fewer")
            }
            return Node(content: .scalar(.null), place: place)
        }
        switch value.content {
        case .plain(let word):
            return Node(content: .scalar(PlainScalar.value(word)), place: place)
        case .text(let text): return Node(content: .scalar(.text(text)), place: place)
        case .list(let values):
            return Node(content: .list(elements(values, in: file)), place: place)
        case .object(let fields):
            if let node = directive(fields, at: place) { return node }
            return Node(
                content: .object(
                    fields.map { field in
                        Node.Field(
                            name: field.name, place: Node.Place(file: file, mark: field.mark),
                            value: node(field.value, in: file))
                    }), place: place)
        }
    }

    /// The elements of a list; those of an imported list become elements of this one (Schema Salad
    /// 1.2, "Import").
    private func elements(_ values: [DocumentValue], in file: String) -> [Node] {
        values.flatMap { value -> [Node] in
            let element = node(value, in: file)
            let isImport = value.fields.map { $0.contains { $0.name == "$import" } } ?? false
            return isImport ? element.elements ?? [element] : [element]
        }
    }

    /// What stands for an object with `$import` or `$include`; `nil` where it has none.
    private func directive(_ fields: [DocumentValue.Field], at place: Node.Place) -> Node? {
        guard
            let field = fields.first(where: { ["$import", "$include", "$mixin"].contains($0.name) })
        else { return nil }
        let nothing = Node(content: .scalar(.null), place: place)
        guard field.name != "$mixin" else {
            faults.addUnsupported("$mixin", at: place)
            return nothing
        }
        let folder = FileLocation.folder(ofPath: place.file)
        guard let reference = field.value.text, fields.count == 1,
            let path = FileLocation.path(ofReference: reference, in: folder)
        else {
            faults.add(
                at: place, field: field.name, found: "no name of a file of this machine",
                expected: "the name of a file, and nothing beside it")
            return nothing
        }
        if field.name == "$include" {
            return Node(
                content: .scalar(text(of: path, from: place).map(JSONValue.text) ?? .null),
                place: place)
        }
        return root(of: path, from: place) ?? nothing
    }
}

extension DocumentError {
    /// What was found, and what expected.
    fileprivate var words: (found: String, expected: String) {
        switch reason {
        case .empty: ("an empty file", "a document")
        case .twice(let names):
            ("a key twice: \(names.joined(separator: ", "))", "each key once")
        case .problem(let problem): ("no YAML or JSON: \(problem)", "YAML or JSON")
        case .other(let found, let expected): (found, expected)
        }
    }
}
