import Testing

@testable import Tables

@Suite struct FormulaGuardTests {
    @Test(
        "a text that a spreadsheet would run gets an apostrophe, and comes back as it was",
        arguments: [
            ("=1+1", "'=1+1"), ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"), ("+A1", "'+A1"),
            ("-12", "'-12"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
            ("\r\n=1", "'\r\n=1"), ("\n=1", "'\n=1"), ("'=1", "''=1"), ("''-", "'''-"),
            ("=\u{338}x", "'=\u{338}x"),
        ])
    func guarded(_ text: String, _ expected: String) {
        #expect(FormulaGuard.guarded(text) == expected)
        #expect(FormulaGuard.unguarded(expected) == text)
    }

    @Test(
        "all other texts stay as they are, both ways",
        arguments: [
            "", "1", "a=b", "50294/VAST_1045-62", "'", "''", "'a", "a'", "O'Hara", " =1", "#1",
            "\u{ff1d}1", "2027-01-18",
        ])
    func others(_ text: String) {
        #expect(FormulaGuard.guarded(text) == text)
        #expect(FormulaGuard.unguarded(text) == text)
    }

    @Test("CSV guards texts and leaves numbers, ECSV, VOTable and JSON are exact")
    func formats() {
        func text(_ format: TableFormat) -> String {
            String(
                decoding: TableWriter.encode(
                    [["=1,2", -0.5, -3]], as: format, name: "items",
                    columns: [
                        Column("id"), Column("dec", type: .real), Column("n", type: .integer),
                    ]), as: UTF8.self)
        }
        #expect(text(.csv) == "id,dec,n\n\"'=1,2\",-0.5,-3\n")
        #expect(text(.ecsv).hasSuffix("id,dec,n\n\"=1,2\",-0.5,-3\n"))
        for format in [TableFormat.votable, .json] {
            #expect(text(format).contains("=1,2"))
            #expect(!text(format).contains("'=1"))
        }
    }
}
