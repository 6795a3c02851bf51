import DataDictionary
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("ResourceDescriptor")
struct ResourceDescriptorTests {
    private func root(_ schema: String) throws -> XMLElement {
        let descriptor = try #require(ResourceDescriptor(schema: schema))
        return try #require(XMLDocument(xmlString: descriptor.xml).rootElement())
    }

    @Test("every view of the schema is a table, and every column one of it, in their order")
    func complete() throws {
        for schema in ResourceDescriptor.schemas {
            let tables = try root(schema).elements(forName: "table")
            let views = CatalogueView.all.filter { $0.name.hasPrefix("\(schema).") }
            #expect(
                tables.map { "\(schema).\($0.attribute(forName: "id")?.stringValue ?? "")" }
                    == views.map(\.name))
            for (table, view) in zip(tables, views) {
                let names = table.elements(forName: "column")
                    .map { $0.attribute(forName: "name")?.stringValue }
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
        let table = try #require(try root("ivoa").elements(forName: "table").first)
        let column = table.elements(forName: "column")[4]
        let facts = Dictionary(
            uniqueKeysWithValues: (column.attributes ?? []).map { ($0.name ?? "", $0.stringValue) })
        #expect(facts["name"] == "s_ra")
        #expect(facts["type"] == "double precision")
        #expect(facts["unit"] == "deg")
        #expect(facts["ucd"] == "pos.eq.ra")
        #expect(facts["description"] == "right ascension of the centre, ICRS")
    }

    @Test("the observation plan says which data model it follows")
    func model() throws {
        let table = try #require(try root("ivoa").elements(forName: "table").first)
        let utype = table.elements(forName: "meta")
            .first { $0.attribute(forName: "name")?.stringValue == "utype" }
        #expect(utype?.stringValue == "ivo://ivoa.net/std/obsloctap#table-1.0")
    }

    @Test("integers have a value that stands for null")
    func nulls() throws {
        let integers = try root("sgs").elements(forName: "table")
            .flatMap { $0.elements(forName: "column") }
            .filter { $0.attribute(forName: "type")?.stringValue == "integer" }
        #expect(!integers.isEmpty)
        for column in integers {
            #expect(column.elements(forName: "values").count == 1)
        }
    }

    @Test("a schema without views has no descriptor")
    func unknown() {
        #expect(ResourceDescriptor(schema: "public") == nil)
        #expect(ResourceDescriptor.schemas == ["sgs", "ivoa"])
    }
}
