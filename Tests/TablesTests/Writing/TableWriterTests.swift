import Foundation
import Testing

@testable import Tables

@Suite("TableWriter")
struct TableWriterTests {
    private let columns = [
        Column("id", ucd: "meta.id;meta.main", description: "Item, as the survey names it"),
        Column("ra", unit: "deg", ucd: "pos.eq.ra", type: .real),
        Column("count", type: .integer),
        Column("moved", type: .boolean),
    ]
    private let rows: [[TableValue]] = [
        ["50294/VAST_1045-62", 0.1, 3, .boolean(true)],
        ["a \"b\" & <c>, d", 1e-7, .missing, .boolean(false)],
    ]

    private func text(_ format: TableFormat) -> String {
        let bytes = TableWriter.encode(
            rows, as: format, name: "items", columns: columns, description: "All items")
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("CSV quotes what a reader would cut")
    func csv() {
        #expect(
            text(.csv) == """
                id,ra,count,moved
                50294/VAST_1045-62,0.1,3,true
                "a ""b"" & <c>, d",1e-07,,false

                """)
    }

    @Test("ECSV carries units, descriptions and UCDs in its header")
    func ecsv() {
        #expect(
            text(.ecsv) == """
                # %ECSV 1.0
                # ---
                # delimiter: ','
                # datatype:
                # - {name: id, datatype: string, description: "Item, as the survey names it", \
                meta: {ucd: "meta.id;meta.main"}}
                # - {name: ra, unit: deg, datatype: float64, meta: {ucd: pos.eq.ra}}
                # - {name: count, datatype: int64}
                # - {name: moved, datatype: bool}
                # meta: {description: "All items"}
                # schema: astropy-2.0
                id,ra,count,moved
                50294/VAST_1045-62,0.1,3,True
                "a ""b"" & <c>, d",1e-07,,False

                """)
    }

    @Test("VOTable escapes markup and leaves missing cells empty")
    func votable() {
        let text = text(.votable)
        #expect(
            text.contains(
                "<VOTABLE version=\"1.4\" xmlns=\"http://www.ivoa.net/xml/VOTable/v1.3\">"))
        #expect(
            text.contains(
                "<FIELD name=\"ra\" datatype=\"double\" unit=\"deg\" ucd=\"pos.eq.ra\"/>"))
        #expect(
            text.contains(
                "<TR><TD>a &quot;b&quot; &amp; &lt;c&gt;, d</TD><TD>1e-07</TD><TD></TD><TD>F</TD></TR>"
            ))
    }

    @Test("JSON is read back by another parser with the same values")
    func json() throws {
        let object = try JSONSerialization.jsonObject(with: Data(text(.json).utf8))
        let table = try #require(object as? [String: Any])
        let rows = try #require(table["rows"] as? [[String: Any]])
        #expect(rows.count == 2)
        #expect(rows[1]["id"] as? String == "a \"b\" & <c>, d")
        #expect(rows[1]["ra"] as? Double == 1e-7)
        #expect(rows[1]["count"] is NSNull)
        #expect(((table["columns"] as? [[String: String]])?[1])?["unit"] == "deg")
    }

    @Test(
        "doubles come back as the same numbers",
        arguments: [TableFormat.csv, .ecsv])
    func roundTrip(format: TableFormat) throws {
        var generator = SystemRandomNumberGenerator()
        let numbers =
            [
                0.1, 1.0 / 3, Double.leastNonzeroMagnitude, -0.0, 1.7976931348623157e308,
                61409.500_000_000_01,
            ]
            + (0..<500).map { _ in
                Double(
                    sign: .minus, exponent: .random(in: -300...300, using: &generator),
                    significand: .random(in: 1..<2, using: &generator))
            }
        let bytes = TableWriter.encode(
            numbers.map { [.text("x"), .real($0)] }, as: format, name: "t",
            columns: [Column("a"), Column("b", type: .real)])
        let file = try TemporaryFile(bytes, suffix: format.suffix)
        var table = try TableReader(path: file.path)
        var row = TableRow()
        for number in numbers {
            #expect(try table.next(&row))
            #expect(row.double(1) == number)
        }
    }

    @Test(
        "texts that look like comments, markup or delimiters come back as they were",
        arguments: ["# no comment", " spaces ", "a,b", "\"", "line\nend", "", "é\u{1F52D}"])
    func texts(text: String) throws {
        for format in [TableFormat.csv, .ecsv] {
            let bytes = TableWriter.encode(
                [[.text(text), 1]], as: format, name: "t",
                columns: [Column("a"), Column("b", type: .integer)])
            let file = try TemporaryFile(bytes, suffix: format.suffix)
            var table = try TableReader(path: file.path)
            var row = TableRow()
            #expect(try table.next(&row))
            #expect(row.text(0) == text)
        }
    }

    @Test("a table without rows is complete in every format", arguments: TableFormat.allCases)
    func empty(format: TableFormat) {
        let bytes = TableWriter.encode([], as: format, name: "t", columns: columns)
        let text = String(decoding: bytes, as: UTF8.self)
        switch format {
        case .csv, .ecsv: #expect(text.hasSuffix("id,ra,count,moved\n"))
        case .votable:
            #expect(
                text.hasSuffix(
                    "<TABLEDATA>\n</TABLEDATA>\n</DATA>\n</TABLE>\n</RESOURCE>\n</VOTABLE>\n"))
        case .json: #expect(text.hasSuffix("\"rows\": [\n]\n}\n"))
        }
    }

    @Test(
        "how much of what was asked for a table holds is told where the format has a place for it")
    func extent() {
        func text(_ format: TableFormat, _ extent: TableExtent) -> String {
            let bytes = TableWriter.encode(
                [["a"]], as: format, name: "items", columns: [Column("id")], description: "All",
                extent: extent)
            return String(decoding: bytes, as: UTF8.self)
        }
        let part = TableExtent(total: 7, next: "/items?a=1&b=2")
        let whole = TableExtent(total: 1, next: nil)
        #expect(text(.csv, part) == "id\na\n")
        #expect(
            text(.ecsv, part).contains(
                "# meta: {description: All, total: 7, next: \"/items?a=1&b=2\"}\n"))
        #expect(
            text(.json, part).hasPrefix(
                "{\n\"name\": \"items\",\n\"description\": \"All\",\n\"total\": 7,\n"
                    + "\"next\": \"/items?a=1&b=2\",\n\"columns\": ["))
        #expect(
            text(.votable, part).contains(
                "<RESOURCE type=\"results\">\n<INFO name=\"QUERY_STATUS\" value=\"OK\"/>\n"
                    + "<INFO name=\"total\" value=\"7\"/>\n<TABLE"))
        #expect(
            text(.votable, part).hasSuffix(
                "</TABLE>\n<INFO name=\"next\" value=\"/items?a=1&amp;b=2\"/>\n"
                    + "<INFO name=\"QUERY_STATUS\" value=\"OVERFLOW\"/>\n</RESOURCE>\n</VOTABLE>\n")
        )
        #expect(!text(.votable, whole).contains("OVERFLOW"))
        #expect(!text(.json, whole).contains("next"))
    }
}
