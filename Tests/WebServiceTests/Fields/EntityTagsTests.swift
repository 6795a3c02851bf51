import Testing

@testable import WebService

@Suite struct EntityTagsTests {
    @Test(
        "a tag is found in a list, weak or not, and not within another",
        arguments: [
            ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true),
            (", ,\"b\",,W/\"a\",", true),
            ("*", true), (" * ", true), ("\"b\"", false), ("a", false), ("\"a", false),
            ("w/\"a\"", false), ("\"b,\"a\"", false), ("\"x, \\\"a\"", false), ("\"\"", false),
            ("", false), ("*, \"b\"", false), ("\"A\"", false),
        ])
    func holds(_ field: String, _ isHeld: Bool) {
        #expect(EntityTags(field).holds("\"a\"") == isHeld)
    }
}
