import Documents
import Foundation
import Testing

@testable import Workflows

@Suite struct GraphSchemaTests {
    private let check: SchemaCheck

    init() throws {
        check = try SchemaCheck(GraphSchema.text)
    }

    private func isAdmitted(_ path: String) throws -> Bool {
        let text = String(decoding: try Sample.data(path), as: UTF8.self)
        return try check.admits(DocumentValue(text, notation: .jsonOrYAML))
    }

    private func isRead(_ path: String) throws -> Bool {
        (try? GraphReader.read(Sample.data(path), file: path)) != nil
    }

    @Test func `the schema is the file that is published`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Workflows/Reading/sgs-graph-2.schema.json")
        #expect(try String(contentsOf: file, encoding: .utf8) == GraphSchema.text)
    }

    @Test func `samples are valid by the schema and by the reader`() throws {
        let names = try Sample.names("graphs")
        #expect(names.count >= 3)
        for name in names { #expect(try isAdmitted("graphs/\(name)"), "\(name)") }
        #expect(try Sample.graphs().count == names.count)
    }

    @Test func `canonical documents are valid by the schema`() throws {
        for graph in try Sample.graphs().values {
            #expect(
                try check.admits(DocumentValue(graph.document, notation: .jsonOrYAML)),
                "\(graph.name)")
        }
    }

    @Test func `faulty structure is refused by the schema and by the reader`() throws {
        let names = try Sample.names("faults/structure")
        #expect(names.count >= 15)
        for name in names {
            #expect(try !isAdmitted("faults/structure/\(name)"), "\(name)")
            #expect(try !isRead("faults/structure/\(name)"), "\(name)")
        }
    }

    @Test func `faulty meaning is refused by the reader, each once`() throws {
        let names = try Sample.names("faults/meaning")
        #expect(names.count >= 10)
        for name in names {
            #expect(try isAdmitted("faults/meaning/\(name)"), "\(name)")
            let error = #expect(throws: WorkflowError.self) {
                try GraphReader.read(Sample.data("faults/meaning/\(name)"), file: name)
            }
            #expect(error?.diagnostics.count == 1, "\(name): \(error?.diagnostics ?? [])")
        }
    }
}
