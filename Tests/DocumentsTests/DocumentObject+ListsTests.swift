import Documents
import Testing

@Suite("DocumentObject+Lists")
struct DocumentObjectListsTests {
    @Test("texts that are none are noted, and the others kept")
    func texts() {
        let text = "names:\n  - a\n  - [b]\n  - c\nother: x"
        let found = DocumentObjectTests.faults(text) { root in
            #expect(root.texts("names") == ["a", "c"])
            #expect(root.texts("other").isEmpty)
            #expect(root.texts("absent").isEmpty)
            #expect(root.texts("wanted", required: true).isEmpty)
            #expect(root.words("names") == ["a", nil, "c"])
            #expect(root.isList("names") && !root.isList("other"))
            #expect(!root.isObject("names"))
        }
        #expect(
            found == [
                "a:1:1: wanted: found nothing, expected a list",
                "a:3:5: names[1]: found a list of 1, expected a text",
                "a:5:1: other: found \"x\", expected a list",
            ])
    }

    @Test("a pair is a list of two numbers, each within the range")
    func pair() {
        let found = DocumentObjectTests.faults("a: [1, 2]\nb: [1, 2, 3]\nc: [1, 9]\nd: 5") { root in
            let range = NumberRange.from(0, to: 5)
            #expect(root.pair("a", range, default: (0, 0)).map { $0 == (1, 2) } == true)
            #expect(root.pair("z", range, default: (3, 4)).map { $0 == (3, 4) } == true)
            for key in ["b", "c", "d"] {
                #expect(root.pair(key, range, default: (0, 0)) == nil)
            }
        }
        #expect(
            found == [
                #"a:2:1: b: found ["1", "2", "3"], expected a list of two, each a number from 0 to 5"#,
                #"a:3:1: c: found ["1", "9"], expected a list of two, each a number from 0 to 5"#,
                #"a:4:1: d: found "5", expected a list of two, each a number from 0 to 5"#,
            ])
    }
}
