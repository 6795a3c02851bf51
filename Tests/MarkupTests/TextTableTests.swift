import Markup
import Testing

@Suite("TextTable")
struct TextTableTests {
    @Test("columns are as wide as their widest text, numbers to the right")
    func columnsAre() {
        let table = TextTable(
            [.left("SDC"), .right("due"), .right("MB")],
            rows: [["SDC-FR", "12", "0.5"], ["X", "1234", "100.0"]])
        #expect(
            table.lines == [
                "SDC      due     MB",
                "SDC-FR    12    0.5",
                "X       1234  100.0",
            ])
    }

    @Test("a table without rows is its headings")
    func tableWithout() {
        #expect(TextTable([.left("SDC"), .right("due")], rows: []).lines == ["SDC  due"])
    }

    @Test("a column that a row leaves out is empty, and no line ends with a space")
    func rowsMayBeShort() {
        var table = TextTable("NAME", .right("N"), "REST")
        #expect(table.isEmpty)
        table.add("a", "10", "")
        table.add("longer", "5", "x y")
        table.add("short")
        #expect(!table.isEmpty)
        #expect(table.text == "NAME     N  REST\na       10\nlonger   5  x y\nshort")
    }
}
