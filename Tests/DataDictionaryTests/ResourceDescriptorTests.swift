import DataDictionary
import Documents
import Testing

@Suite("ResourceDescriptor")
struct ResourceDescriptorTests {
    /// An element with what is in it.
    private struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
        var children: [Element] = []

        func elements(_ name: String) -> [Element] { children.filter { $0.name == name } }
    }

    private func root(_ schema: String) throws -> Element {
        let descriptor = try #require(ResourceDescriptor(schema: schema))
        let stream = XMLStream(bytes: descriptor.xml.utf8)
        var open = [Element(name: "", attributes: [:])]
        while let event = try stream.next() {
            switch event {
            case .start(let name):
                open.append(Element(name: name.local, attributes: stream.attributes))
            case .text:
                open[open.count - 1].text += stream.text
            case .end:
                let element = open.removeLast()
                open[open.count - 1].children.append(element)
            }
        }
        return try #require(open.first?.children.first)
    }

    @Test("every view of the schema is a table, and every column one of it, in their order")
    func complete() throws {
        for schema in ResourceDescriptor.schemas {
            let tables = try root(schema).elements("table")
            let views = CatalogueView.all.filter { $0.name.hasPrefix("\(schema).") }
            #expect(
                tables.map { "\(schema).\($0.attributes["id"] ?? "")" }
                    == views.map(\.name))
            for (table, view) in zip(tables, views) {
                let names = table.elements("column")
                    .map { $0.attributes["name"] }
                // ADQL reserves "work".
                #expect(
                    names
                        == view.columns.map(\.column.name)
                        .map { $0 == "work" ? "quoted/work" : $0 })
            }
        }
    }

    @Test("a column says what the data dictionary says of it")
    func column() throws {
        let table = try #require(try root("ivoa").elements("table").first)
        let column = table.elements("column")[4]
        let facts = column.attributes
        #expect(facts["name"] == "s_ra")
        #expect(facts["type"] == "double precision")
        #expect(facts["unit"] == "deg")
        #expect(facts["ucd"] == "pos.eq.ra")
        #expect(facts["description"] == "right ascension of the centre, ICRS")
    }

    @Test("the observation plan says which data model it follows")
    func model() throws {
        let table = try #require(try root("ivoa").elements("table").first)
        let utype = table.elements("meta")
            .first { $0.attributes["name"] == "utype" }
        #expect(utype?.text == "ivo://ivoa.net/std/obsloctap#table-1.0")
    }

    @Test("integers have a value that stands for null")
    func nulls() throws {
        let integers = try root("sgs").elements("table")
            .flatMap { $0.elements("column") }
            .filter { $0.attributes["type"] == "integer" }
        #expect(!integers.isEmpty)
        for column in integers {
            #expect(column.elements("values").count == 1)
        }
    }

    @Test("a schema without views has no descriptor")
    func unknown() {
        #expect(ResourceDescriptor(schema: "public") == nil)
        #expect(ResourceDescriptor.schemas == ["sgs", "ivoa"])
    }
}
