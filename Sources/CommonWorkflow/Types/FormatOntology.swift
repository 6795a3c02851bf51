import Documents
import Files
import Foundation

/// Which formats are kinds of which others, as far as a document's `$schemas` say it.
final class FormatOntology: Sendable {
    /// The formats of which one is a kind, or the same, directly.
    private let above: [String: Set<String>]

    /// Bytes of a schema that are read.
    private static let mostBytes = 64 << 20

    /// - Parameter files: RDF/XML or Turtle; what cannot be read says nothing.
    init(files: [String]) {
        var above: [String: Set<String>] = [:]
        for file in files {
            guard let data = try? RegularFile.contents(of: file, limit: Self.mostBytes) else {
                continue
            }
            let text = [UInt8](data)
            let first = text.first { !" \t\r\n".utf8.contains($0) }
            let statements =
                first == UInt8(ascii: "<")
                ? RDFStatements.ofXML(text) : RDFStatements.ofTurtle(text)
            for (narrow, wide) in statements.subclasses { above[narrow, default: []].insert(wide) }
            for (one, other) in statements.equals {
                above[one, default: []].insert(other)
                above[other, default: []].insert(one)
            }
        }
        self.above = above
    }

    /// Whether a file of the one format is one of the other.
    func isKind(_ format: String, of other: String) -> Bool {
        var seen: Set<String> = [format]
        var next = [format]
        while let format = next.popLast() {
            if format == other { return true }
            for wider in above[format] ?? [] where seen.insert(wider).inserted {
                next.append(wider)
            }
        }
        return false
    }
}
