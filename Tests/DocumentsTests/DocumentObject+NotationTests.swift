import Documents
import Foundation
import Testing

@Suite("DocumentObject+Notation")
struct DocumentObjectNotationTests {
    private enum Kind: String, CaseIterable { case observation, tile }

    private func faults(_ text: String, _ read: (DocumentObject) -> Void = { _ in }) -> [String] {
        DocumentObjectTests.faults(text, .jsonOrYAML, read)
    }

    @Test(
        "the same values are read of JSON and of YAML",
        arguments: [
            #"{"a": "x", "b": 1.5, "c": true, "d": null, "e": "5", "f": "tile", "g": ["y"]}"#,
            "a: x\nb: 1.5\nc: true\nd:\ne: '5'\nf: tile\ng: [y]",
        ])
    func values(text: String) {
        let found = faults(text) { root in
            #expect(root.text("a") == "x")
            #expect(root.number("b", .from(0, to: 2)) == 1.5)
            #expect(root.flag("c") == true)
            #expect(!root.has("d"))
            #expect(root.text("e") == "5")
            #expect(root.choice("f") == Kind.tile)
            #expect(root.texts("g") == ["y"])
            #expect(root.optionalText("z") == nil && root.optionalCount("z", in: 0...1) == nil)
        }
        #expect(found == [])
    }

    @Test("faults lie at the values, in the order of the document")
    func places() {
        let text = #"{"zeta": 1, "kind": 1e300, "a": "5", "n": {"x": 2, "x": 3}, "f": "bin"}"#
        let found = faults(text) { root in
            #expect(root.text("zeta") == nil)
            #expect(root.choice("f") == Kind?.none)
            #expect(root.number("a", .from(0, to: 9)) == nil)
            #expect(root.text("kind") == nil)
            #expect(root.object("m") == nil)
            let inner = root.object("n")
            #expect(inner?.count("x", in: 0...9) == 2)
            inner?.at("n.one").check(keys: ["y", "b"], of: " of it")
        }
        #expect(
            found == [
                "a:1:1: m: found nothing, expected an object",
                "a:1:10: zeta: found 1, expected a text",
                "a:1:21: kind: found 1e+300, expected a text",
                #"a:1:33: a: found "5", expected a number from 0 to 9"#,
                "a:1:44: n.one.x: found an unknown field of it, expected one of: y, b",
                "a:1:52: n.x: found a field twice, expected each field once",
                #"a:1:66: f: found "bin", expected "observation" or "tile""#,
            ])
    }

    @Test(
        "a text that is no document is a fault at its place",
        arguments: [
            ("", "a:1:1: found an empty text, expected a document"),
            ("[2]", "a:1:1: found a list of 1, expected an object"),
            (#"{"a": tile}"#, "a:1:7: found 't', expected a value"),
            ("{\"a\": 1,\n \"é\": 01}", "a:2:7: found '0', expected a number without a leading 0"),
            ("a: 1\na: 2", "a:1:1: found a field twice: a, expected each field once"),
            ("? [a]\n: 1", "a:1:3: found a key of several values, expected a text"),
        ])
    func noDocument(text: String, fault: String) {
        #expect(faults(text) == [fault])
    }

    @Test("a document that is too large is refused, and one of another encoding read")
    func data() {
        let faults = FaultLog(file: "a")
        let text = "\u{FEFF}{\"a\": 1}"
        let utf16 = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for bytes in [Data(text.utf8), Data(utf16)] {
            let root = DocumentObject(bytes, mostBytes: 100, faults: faults)
            #expect(root?.count("a", in: 1...1) == 1)
        }
        #expect(faults.isEmpty)
        #expect(DocumentObject(Data(count: 11), mostBytes: 10, faults: faults) == nil)
        #expect(DocumentObject(Data([0x7B, 0xFF]), mostBytes: 10, faults: faults) == nil)
        #expect(faults.count == 2)
        #expect(
            faults.diagnostics.map(\.found) == ["11 bytes", "bytes that are no UTF-8"])
    }
}
