import Documents

/// Collects what is wrong with the files of a document, and what they need that is not offered.
final class DocumentFaults {
    private(set) var faults: [Diagnostic] = []
    private(set) var unsupported: [String] = []
    private var dropped = 0

    /// More faults than this are counted and not kept.
    private static let most = 200

    var isEmpty: Bool { faults.isEmpty }

    func add(_ fault: Diagnostic) {
        guard faults.count < Self.most else {
            dropped += 1
            return
        }
        if !faults.contains(fault) { faults.append(fault) }
    }

    func add(at place: Node.Place, field: String? = nil, found: String, expected: String) {
        add(
            Diagnostic(
                file: place.file,
                place: .position(line: place.mark.line, column: place.mark.column),
                field: field, found: found, expected: expected))
    }

    func add(_ node: Node, field: String? = nil, expected: String) {
        add(at: node.place, field: field, found: node.description, expected: expected)
    }

    /// Notes something that the document needs and that is not offered.
    func addUnsupported(_ words: String, at place: Node.Place) {
        let line = "\(place.file):\(place.mark.line): \(words)"
        if !unsupported.contains(line) { unsupported.append(line) }
    }

    /// - Throws: `CWLError`: `badDocument` before `unsupported`.
    func check() throws {
        guard faults.isEmpty else {
            let rest = dropped > 0 ? ["... and \(dropped) more"] : []
            throw CWLError(.badDocument, lines: faults.map(\.description) + rest)
        }
        guard unsupported.isEmpty else { throw CWLError(.unsupported, lines: unsupported) }
    }
}
