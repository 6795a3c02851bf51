import Testing

@testable import Catalogue

@Suite struct SQLFileTests {
    @Test("a statement is what lies below its name, without explanations and outer empty lines")
    func statements() {
        let file = SQLFile(
            Array(
                """
                -- What the file is for.

                -- name: first
                -- Why it is so.
                SELECT 1;

                SELECT 'a -- b'

                -- name: second

                SELECT
                    2

                """.utf8))
        #expect(file.names == ["first", "second"])
        #expect(file["first"] == "SELECT 1;\n\nSELECT 'a -- b'")
        #expect(file["second"] == "SELECT\n    2")
    }

    @Test("an empty file has no statements, and a name without one an empty one")
    func edges() {
        #expect(SQLFile([]).names.isEmpty)
        #expect(SQLFile(Array("-- name: a".utf8))["a"] == "")
    }
}
