import Documents
import Testing

@Suite("DocumentObject")
struct DocumentObjectTests {
    /// What reading a document notes.
    static func faults(
        _ text: String, _ notation: DocumentObject.Notation = .yaml,
        _ read: (DocumentObject) -> Void = { _ in }
    ) -> [String] {
        let log = FaultLog(file: "a")
        if let root = DocumentObject(text, notation: notation, faults: log) { read(root) }
        return log.diagnostics.map(\.description)
    }

    @Test(
        "a document that is no object is a fault of its line",
        arguments: [
            ("", "a: found an empty file, expected a mapping of keys to values"),
            ("- 1\n- 2", "a:1:1: found a list of 2, expected a mapping of keys to values"),
            ("word", "a:1:1: found \"word\", expected a mapping of keys to values"),
            ("a: 1\na: 2", "a:1:1: found a key twice: a, expected each key once"),
        ])
    func noObject(text: String, fault: String) {
        #expect(Self.faults(text) == [fault])
    }

    @Test("what is no YAML is a fault with the parser's words")
    func noYAML() {
        let found = Self.faults("a: [1, 2\nb: 3")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("a:2:2: found no YAML: ") == true)
    }

    @Test("an unknown key is a fault with the key that was probably meant")
    func unknownKeys() {
        #expect(
            Self.faults("nmae: x\nzzz: 1") { $0.check(keys: ["name", "bucket"]) } == [
                "a:1:1: nmae: found an unknown key, expected name (or another of: bucket, name)",
                "a:2:1: zzz: found an unknown key, expected one of: bucket, name",
            ])
    }

    @Test("faults of nested objects name the way there, all of them at once")
    func nested() {
        let text = """
            field: {width: 1, height: tall}
            pins:
              - {sdc: A}
              - word
            """
        let found = Self.faults(text) { root in
            let field = root.object("field")
            #expect(field?.number("width", .from(0, to: 2)) == 1)
            #expect(field?.number("height", .from(0, to: 2)) == nil)
            let pins = root.objects("pins")
            #expect(pins.count == 1)
            #expect(pins.first?.text("role") == nil)
            #expect(root.object("period") == nil)
            #expect(root.object("limits", required: false) == nil)
            #expect(root.objects("forbid").isEmpty)
            #expect(root.objects("steps", required: true).isEmpty)
        }
        #expect(
            found == [
                "a:1:19: field.height: found \"tall\", expected a number from 0 to 2",
                "a:1:1: period: found nothing, expected a mapping of keys to values",
                "a:1:1: steps: found nothing, expected a list",
                "a:3:5: pins[0].role: found nothing, expected a text",
                "a:4:5: pins[1]: found \"word\", expected a mapping of keys to values",
            ])
    }

    @Test("lines are those of the keys, and an absent key's that of its object")
    func lines() throws {
        let root = try #require(
            DocumentObject("# remark\na: 1\nb:\n  c: 2\n", faults: FaultLog(file: "a")))
        #expect(root.line == 2 && root.line("b") == 3 && root.line("z") == 2)
        #expect(root.object("b")?.line == 4)
        #expect(root.keys == ["a", "b"])
        #expect(root.has("a") && !root.has("z"))
    }

    @Test("null is absent")
    func null() throws {
        let root = try #require(DocumentObject("a: null\nb: ~", faults: FaultLog(file: "a")))
        #expect(!root.has("a") && !root.has("b"))
        #expect(root.text("a", default: "x") == "x")
    }

    @Test("JSON has objects, texts in quotes, and faults with line and column")
    func json() {
        let text = """
            {
              "name": "caf\\u00e9 \\/",\t"cores": 4,
              "text": 5, "number": "5", "inputs": [{"kind":"tile"}, 7]
            }
            """
        let found = Self.faults(text, .json) { root in
            #expect(root.text("name") == "caf\u{E9} /")
            #expect(root.count("cores", in: 1...8) == 4)
            #expect(root.text("text") == nil)
            #expect(root.number("number", .from(0, to: 9)) == nil)
            #expect(root.objects("inputs").first?.text("kind") == "tile")
        }
        #expect(
            found == [
                "a:3:14: number: found \"5\", expected a number from 0 to 9",
                "a:3:3: text: found 5, expected a text",
                "a:3:57: inputs[1]: found 7, expected an object",
            ])
    }

    @Test("JSON's characters beyond 16 bits are read, and half of one is a fault")
    func surrogates() {
        let found = Self.faults(#"{"name": "\ud83c\udf0c", "other": "\\ud83c"}"#, .json) { root in
            #expect(root.text("name") == "\u{1F30C}")
            #expect(root.text("other") == #"\ud83c"#)
        }
        #expect(found.isEmpty)
        let half = Self.faults(#"{"name": "\ud83c"}"#, .json)
        #expect(half.count == 1)
        #expect(half.first?.contains("found no JSON: ") == true)
    }

    @Test("a document within documents a hundred thousand times over is a fault")
    func deep() {
        #expect(Self.faults(String(repeating: "[", count: 100_000)).count == 1)
        #expect(Self.faults(String(repeating: "{a: ", count: 100_000)).count == 1)
    }
}
