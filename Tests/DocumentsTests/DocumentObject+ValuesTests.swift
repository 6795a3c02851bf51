import Documents
import Testing

@Suite("DocumentObject+Values")
struct DocumentObjectValuesTests {
    private enum Kind: String, CaseIterable { case observation, tile }

    private func faults(
        _ text: String, _ notation: DocumentObject.Notation = .yaml,
        _ read: (DocumentObject) -> Void
    ) -> [String] { DocumentObjectTests.faults(text, notation, read) }

    @Test("what is there is read, and what is absent has its default")
    func values() {
        let text = "a: x\nb: 1.5\nc: 3\nd: tile\ne: true\nf: 18446744073709551615\ng: -0"
        let found = faults(text) { root in
            #expect(root.text("a") == "x" && root.word("b") == "1.5")
            #expect(root.number("b", .from(0, to: 2)) == 1.5)
            #expect(root.count("c", in: 0...3) == 3)
            #expect(root.choice("d") == Kind.tile)
            #expect(root.flag("e") == true)
            #expect(root.natural("f", default: 0) == .max)
            #expect(root.number("g", .from(-1, to: 1))?.sign == .plus)
            #expect(root.text("z", default: "y") == "y")
            #expect(root.number("z", .from(0, to: 1), default: 7) == 7)
            #expect(root.optionalNumber("z", .from(0, to: 1)) == nil)
            #expect(root.count("z", in: 1...2, default: 2) == 2)
            #expect(root.choice("z", default: Kind.tile) == .tile)
            #expect(root.flag("z", default: false) == false)
            #expect(root.natural("z", default: 9) == 9)
        }
        #expect(found == [])
    }

    @Test("each reading says what it expected")
    func expected() {
        let found = faults("x: [1]") { root in
            #expect(root.text("x") == nil)
            #expect(root.number("x", .zero(orFrom: 1, to: 2)) == nil)
            #expect(root.count("x", in: 1...(.max)) == nil)
            #expect(root.count("x", in: 1...9) == nil)
            #expect(root.natural("x", default: 1) == nil)
            #expect(root.choice("x", default: Kind.tile) == nil)
            #expect(root.flag("x") == nil)
            #expect(root.flag("y") == nil)
        }
        #expect(
            found == [
                "a:1:1: x: found a list of 1, expected 0 or a number from 1 to 2",
                "a:1:1: x: found a list of 1, expected a text",
                "a:1:1: x: found a list of 1, expected a whole number from 1 to 9",
                "a:1:1: x: found a list of 1, expected a whole number of at least 0",
                "a:1:1: x: found a list of 1, expected a whole number of at least 1",
                "a:1:1: x: found a list of 1, expected one of: observation, tile",
                "a:1:1: x: found a list of 1, expected true or false",
                "a:1:1: y: found nothing, expected true or false",
            ])
    }

    @Test(
        "what is no whole number within the range is no count",
        arguments: ["0", "10", "1.5", "1e99", "-1", "010", "x", "\"\""])
    func count(text: String) {
        let found = faults("a: \(text)") { #expect($0.count("a", in: 1...9) == nil) }
        #expect(found.count == 1)
    }

    @Test("JSON's 4.0 is the whole number 4, and true has no quotes")
    func json() {
        let found = faults(#"{"a": 4.0, "b": "true", "c": tile}"#, .json) { root in
            #expect(root.count("a", in: 1...9) == 4)
            #expect(root.flag("b") == nil)
            #expect(root.choice("c") == Kind?.none)
        }
        #expect(
            found == [
                #"a:1:12: b: found "true", expected true or false"#,
                "a:1:25: c: found tile, expected one of: observation, tile",
            ])
    }

    @Test("exactly one of several keys is given, or the fault says which there are")
    func oneOf() {
        let found = faults("tile: 1\nkind: x") { root in
            #expect(root.oneOf(["tile", "observation"]) == "tile")
            #expect(root.oneOf(["tile", "kind"]) == nil)
            #expect(root.oneOf(["a", "b"]) == nil)
        }
        #expect(
            found == [
                "a:1:1: a: found nothing, expected one of: a, b",
                "a:2:1: kind: found tile beside kind, expected one of: tile, kind",
            ])
    }
}
