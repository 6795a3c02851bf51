import Foundation
import Testing

@testable import Tables

@Suite("TableReader")
struct TableReaderTests {
    /// All records of a file as text, with the line that each begins in.
    private func records(_ path: String) throws -> [(line: Int, fields: [String])] {
        var table = try TableReader(path: path)
        var row = TableRow()
        var records: [(line: Int, fields: [String])] = []
        while try table.next(&row) {
            records.append((row.line, (0..<row.count).map { row.text($0) }))
        }
        return records
    }

    @Test("records keep the line of the file behind comments, blank and quoted lines")
    func lines() throws {
        let file = try TemporaryFile(
            "# by hand\nid,note\n1,\"two\nlines\"\n\n# a remark\r\n2,plain\r\n3,\"a \"\"b\"\", c\"")
        let records = try records(file.path)
        #expect(records.map(\.line) == [3, 7, 8])
        #expect(
            records.map(\.fields) == [["1", "two\nlines"], ["2", "plain"], ["3", "a \"b\", c"]])
    }

    @Test("a byte order mark and quotes do not belong to a column's name")
    func names() throws {
        let file = try TemporaryFile("\u{FEFF}\"id\", ra ,\"a, b\"\n1,2,3\n")
        let table = try TableReader(path: file.path)
        #expect(table.columns.map(\.name) == ["id", "ra", "a, b"])
        #expect(table.index(of: "ra") == 1)
        #expect(table.index(of: "dec") == nil)
    }

    @Test("an ECSV header gives types, units and descriptions, and spaces part the fields")
    func ecsv() throws {
        let file = try TemporaryFile(
            """
            # %ECSV 1.0
            # ---
            # datatype:
            # - {name: TILEID, datatype: int32}
            # - {name: RA, unit: deg, datatype: float64, description: 'Right ascension'}
            # - {name: NOTE, datatype: string}
            # schema: astropy-2.0
            TILEID RA NOTE
            7  1.5 "two words"
            8 2.5 ""

            """, suffix: "ecsv")
        let table = try TableReader(path: file.path)
        #expect(
            table.columns == [
                Column("TILEID", type: .integer),
                Column("RA", unit: "deg", description: "Right ascension", type: .real),
                Column("NOTE", type: .text),
            ])
        #expect(
            try records(file.path).map(\.fields) == [["7", "1.5", "two words"], ["8", "2.5", ""]])
    }

    @Test("gzip is unpacked by suffix, also in several members")
    func gzip() throws {
        // Two members, "id,ra\n1,2\n" and "3,4\n", as gzip(1) writes them one after the other.
        let members = [
            "H4sIAAAAAAACA8tM0SlK5DLUMeICAA54pOcKAAAA", "H4sIAAAAAAACAzPWMeECAD4tcqkEAAAA",
        ]
        let bytes = members.compactMap { Data(base64Encoded: $0) }.reduce(Data(), +)
        let file = try TemporaryFile(bytes, suffix: "csv.gz")
        #expect(try records(file.path).map(\.fields) == [["1", "2"], ["3", "4"]])
    }

    @Test("a truncated gzip file is a fault, not a short table")
    func truncated() throws {
        let whole = try #require(Data(base64Encoded: "H4sIAAAAAAACA8tM0SlK5DLUMeICAA54pOcKAAAA"))
        let file = try TemporaryFile(whole.dropLast(9), suffix: "csv.gz")
        let failure = #expect(throws: TableError.self) { try records(file.path) }
        #expect(failure?.code == .cannotRead)
        #expect(failure?.found == "damaged gzip: unexpected end of file")
    }

    @Test(
        "a bad file is refused with what was found and what was expected",
        arguments: [
            ("", "", "found an empty file, expected a line of column names"),
            ("id,ra\n1,2,3\n", ":2", "found 3 fields, expected 2"),
            ("id,ra\n\n1\n", ":3", "found 1 fields, expected 2"),
            (
                "id,ra\n1,\"2\n3\n", ":2",
                "found a quote that is never closed, expected a closing quote"
            ),
            (
                "id,ra\n1,\"2\"3\n", ":2",
                "found text after a closing quote, expected a delimiter or the line's end"
            ),
            (
                "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int32}\nb\n1\n", ":5",
                "found columns b, expected those of the ECSV header: a"
            ),
            (
                "# %ECSV 1.0\n# ---\n# schema: astropy-2.0\nb\n", ":1",
                "found an ECSV header without datatype, expected a list of columns"
            ),
        ])
    func refused(text: String, place: String, message: String) throws {
        let file = try TemporaryFile(text)
        let failure = #expect(throws: TableError.self) { try records(file.path) }
        #expect(failure?.description == "\(file.path)\(place): \(message)")
    }

    @Test("bytes that are no UTF-8 are named by their line")
    func encoding() throws {
        let file = try TemporaryFile(Array("id,ra\n1,2\n".utf8) + [0xE9, 0x2C, 0x31, 0x0A])
        let failure = #expect(throws: TableError.self) { try records(file.path) }
        #expect(
            failure?.description
                == "\(file.path):3: found bytes that are no UTF-8, expected UTF-8 text")
    }

    @Test("the records after a bad one can be read")
    func goesOn() throws {
        let file = try TemporaryFile("id,ra\n1,\"2\"x\n3\n4,5\n")
        var table = try TableReader(path: file.path)
        var row = TableRow()
        #expect(throws: TableError.self) { try table.next(&row) }
        #expect(throws: TableError.self) { try table.next(&row) }
        #expect(try table.next(&row))
        #expect(row.text(1) == "5")
        #expect(row.record == 3)
        #expect(try !table.next(&row))
    }

    @Test("a missing file has the system's reason")
    func missing() {
        let failure = #expect(throws: TableError.self) { _ = try records("/nowhere/a.csv") }
        #expect(
            failure?.description
                == "/nowhere/a.csv: found No such file or directory, expected a readable file")
    }

    @Test(
        "numbers are decimal, with spaces around them at most",
        arguments: [
            ("1.5", 1.5), (" -2e3 ", -2000), ("", nil), ("nan", nil), ("inf", nil), ("0x10", nil),
            ("1 2", nil), ("+7", 7),
        ] as [(String, Double?)])
    func numbers(text: String, number: Double?) throws {
        let file = try TemporaryFile("a,b\n\(text),x\n")
        var table = try TableReader(path: file.path)
        var row = TableRow()
        #expect(try table.next(&row))
        #expect(row.double(0) == number)
    }

    @Test(
        "a byte order mark may stand before a comment, an ECSV header, or the names",
        arguments: [
            "\u{FEFF}# exported\r\nid,ra\r\n1,2\r\n",
            "\u{FEFF}# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n# - {name: id, datatype: string}\n# - {name: ra, unit: rad, datatype: float64}\nid,ra\n1,2\n",
            "\u{FEFF}id,ra\n1,2\n", "# first file\n\u{FEFF}id,ra\n1,2\n",
            "\u{FEFF}\"id\",\"ra\"\n1,2\n",
            "\u{FEFF}\r\n# exported\r\n\r\n# by hand\r\nid,ra\r\n1,2",
        ])
    func marks(text: String) throws {
        let file = try TemporaryFile(text)
        let table = try TableReader(path: file.path)
        #expect(table.columns.map(\.name) == ["id", "ra"])
        #expect(table.columns[1].unit == (text.contains("ECSV") ? "rad" : ""))
        #expect(try records(file.path).map(\.fields) == [["1", "2"]])
    }

    @Test("a name may be quoted over two lines, with delimiters and quotes in it")
    func quotedNames() throws {
        let file = try TemporaryFile(
            "id,\"start\r\n (UTC)\", \"say \"\"ra\"\"\" ,\"a, b\"\n1,2,3,4\n")
        let table = try TableReader(path: file.path)
        #expect(table.columns.map(\.name) == ["id", "start (UTC)", "say \"ra\"", "a, b"])
        #expect(table.headerLine == 1)
        #expect(try records(file.path).map(\.line) == [3])
    }

    @Test("the bytes of a request are read as a file is")
    func memory() throws {
        var table = try TableReader(
            Array("\u{FEFF}\"ra\",\"dec\"\n\"12\",\"-8\"\n".utf8), name: "body")
        var row = TableRow()
        #expect(table.index(of: "dec") == 1)
        #expect(try table.next(&row))
        #expect(row.double(1) == -8)
        #expect(try !table.next(&row))
    }

    @Test("columns may share a name or have none; such a name has no single place")
    func sharedNames() throws {
        let file = try TemporaryFile("id,note,,note,\n1,a,b,c,d\n")
        let table = try TableReader(path: file.path)
        #expect(table.places(of: "note") == [1, 3])
        #expect(table.places(of: "") == [2, 4])
        #expect(table.index(of: "note") == nil)
        #expect(table.index(of: "id") == 0)
    }

    @Test("behind the names a sign begins an id; a remark there has no record's fields")
    func signs() throws {
        let file = try TemporaryFile(
            "# head\nid,ra\n#17,1\n\"#18\",2\n# 19,3\n# a remark\n#\n## another\n#20,4\n")
        #expect(
            try records(file.path).map(\.fields) == [
                ["#17", "1"], ["#18", "2"], ["# 19", "3"], ["#20", "4"],
            ])
        let one = try TemporaryFile("id\n#17\n# by hand\n#18\n")
        #expect(try records(one.path).map(\.fields) == [["#17"], ["#18"]])
        let ecsv = try TemporaryFile(
            "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: string}\n# - {name: b, datatype: int64}\na b\n# a longer remark\n#1 2\n\"#2\" 3\n"
        )
        #expect(try records(ecsv.path).map(\.fields) == [["#1", "2"], ["#2", "3"]])
    }

    @Test("a record that begins with a sign and lacks fields is a fault, not a comment")
    func raggedSign() throws {
        let file = try TemporaryFile("id,ra,dec\n#17,1\n")
        let failure = #expect(throws: TableError.self) { try records(file.path) }
        #expect(failure?.description == "\(file.path):2: found 2 fields, expected 3")
    }

    @Test("a carriage return alone ends a line too, and does not so within quotes")
    func returns() throws {
        let file = try TemporaryFile("id,ra\r1,\"a\rb\"\r2,c\r\r\n3,d\r")
        #expect(try records(file.path).map(\.fields) == [["1", "a\rb"], ["2", "c"], ["3", "d"]])
    }

    @Test(
        "UTF-16 and UTF-32 are refused by name, with a byte order mark or without",
        arguments: [
            (
                String.Encoding.utf16LittleEndian, [0xFF, 0xFE],
                "UTF-16 (little-endian, with a byte order mark)"
            ),
            (.utf16BigEndian, [0xFE, 0xFF], "UTF-16 (big-endian, with a byte order mark)"),
            (.utf16LittleEndian, [], "UTF-16 (little-endian, without a byte order mark)"),
            (.utf16BigEndian, [], "UTF-16 (big-endian, without a byte order mark)"),
            (.utf32LittleEndian, [0xFF, 0xFE, 0, 0], "UTF-32"), (.utf32BigEndian, [], "UTF-32"),
            (.utf32LittleEndian, [], "UTF-32"),
        ] as [(String.Encoding, [UInt8], String)])
    func wide(encoding: String.Encoding, mark: [UInt8], name: String) throws {
        let text = try #require("\u{C9}toile,ra\n1,2\n".data(using: encoding))
        let file = try TemporaryFile(mark + text)
        let failure = #expect(throws: TableError.self) { try records(file.path) }
        #expect(failure?.description == "\(file.path): found \(name), expected UTF-8 text")
    }

    @Test("NUL bytes are told by their line, or for the whole file where they are many")
    func nulls() throws {
        let rows = String(repeating: "1,2\n", count: 50)
        let few = try TemporaryFile("id,ra\n\(rows)a\u{0},2\n")
        let failure = #expect(throws: TableError.self) { try records(few.path) }
        #expect(failure?.description == "\(few.path):52: found a NUL byte, expected UTF-8 text")
        let many = try TemporaryFile([UInt8](repeating: 0, count: 5000))
        let other = #expect(throws: TableError.self) { try records(many.path) }
        #expect(other?.found == "NUL bytes, which no text has")
    }

    @Test(
        "an ECSV header that does not say what it means is refused with its line",
        arguments: [
            ("# exported\n# %ECSV 1.0\n", ":2: found # %ECSV 1.0 behind another comment"),
            ("# %ECSV 2.0\n# ---\n", ":1: found # %ECSV 2.0, expected # %ECSV 1.0"),
            (
                "# %ECSV 1.0\n# ---\n# delimiter: ';'\n# datatype: []\n",
                ":1: found delimiter \";\", expected a comma or a space"
            ),
            (
                "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: string}\n# - {name: b, datatype: date}\n",
                ":5: found datatype date of the column b, expected one of: bool,"
            ),
            (
                "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: string, unit: [m]}\n",
                ":4: found a unit of the column a that is no text, expected its name"
            ),
        ])
    func badHeader(header: String, message: String) throws {
        let file = try TemporaryFile(header + "a b\n1 2\n")
        let failure = #expect(throws: TableError.self) { try records(file.path) }
        #expect(failure?.description.hasPrefix(file.path + message) == true, "\(failure as Any)")
    }
}
