import Testing

@testable import Execution

@Suite struct FileNameTests {
    @Test(
        "any text becomes one component of a path, and different texts stay different",
        arguments: [
            ("17", "17"), ("50294/VAST_1045-62", "50294%2FVAST_1045-62"), ("..", "%2E."),
            ("a.b", "a.b"),
            ("100%", "100%25"), ("é", "%C3%A9"), ("", ""),
        ])
    func encoding(text: String, name: String) {
        #expect(FileName.encoded(text) == name)
    }
}
