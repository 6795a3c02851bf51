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
        let file = try TemporaryFile("\u{FEFF}\"id\", ra\n1,2\n")
        let table = try TableReader(path: file.path)
        #expect(table.columns.map(\.name) == ["id", "ra"])
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
        let failure = #expect(throws: TableFailure.self) { try records(file.path) }
        #expect(failure?.code == .cannotRead)
        #expect(failure?.found == "damaged gzip: unexpected end of file")
    }

    @Test(
        "a bad file is refused with what was found and what was expected",
        arguments: [
            ("", "", "found an empty file, expected a line of column names"),
            ("id,ra,id\n", ":1", "found two columns \"id\", expected each name once"),
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
        let failure = #expect(throws: TableFailure.self) { try records(file.path) }
        #expect(failure?.description == "\(file.path)\(place): \(message)")
    }

    @Test("bytes that are no UTF-8 are named by their line")
    func encoding() throws {
        let file = try TemporaryFile(Array("id,ra\n1,2\n".utf8) + [0xE9, 0x2C, 0x31, 0x0A])
        let failure = #expect(throws: TableFailure.self) { try records(file.path) }
        #expect(
            failure?.description
                == "\(file.path):3: found bytes that are no UTF-8, expected UTF-8 text")
    }

    @Test("the records after a bad one can be read")
    func goesOn() throws {
        let file = try TemporaryFile("id,ra\n1,\"2\"x\n3\n4,5\n")
        var table = try TableReader(path: file.path)
        var row = TableRow()
        #expect(throws: TableFailure.self) { try table.next(&row) }
        #expect(throws: TableFailure.self) { try table.next(&row) }
        #expect(try table.next(&row))
        #expect(row.text(1) == "5")
        #expect(row.record == 3)
        #expect(try !table.next(&row))
    }

    @Test("a missing file has the system's reason")
    func missing() {
        let failure = #expect(throws: TableFailure.self) { _ = try records("/nowhere/a.csv") }
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
}
