import Testing

@testable import WebService

@Suite struct QueryStringTests {
    @Test(
        "a query is read as a form writes it: a plus is a space, %2B a plus, & alone separates",
        arguments: [
            ("survey=deep+survey", ["survey", "deep survey"]),
            ("survey=deep%20survey", ["survey", "deep survey"]),
            ("a=1%2B1", ["a", "1+1"]), ("a+b=c", ["a b", "c"]), ("a=++", ["a", "  "]),
            ("a=1;b=2", ["a", "1;b=2"]), ("a=1&&b=2&", ["a", "1", "b", "2"]),
            ("a", ["a", ""]), ("=1", ["", "1"]), ("a=b=c", ["a", "b=c"]),
            ("a=1&a=2", ["a", "1", "a", "2"]), ("a=%C3%A9+%c3%a9", ["a", "é é"]), ("", []),
            ("a%3D=%26", ["a=", "&"]), ("a=é", ["a", "é"]),
        ])
    func read(_ text: String, _ expected: [String]) throws {
        let query = try QueryString(text[...])
        #expect(query.items.flatMap { [$0.name, $0.value] } == expected)
    }

    @Test(
        "a broken escape, or bytes that are not UTF-8, are the client's fault",
        arguments: ["a=%", "a=%2", "a=%zz", "%=1", "a=+%+2", "a=%ff", "a=%C3", "a=%2 0"])
    func wrong(_ text: String) {
        #expect(throws: Problem.badRequest("the query is not percent-encoded UTF-8")) {
            try QueryString(text[...])
        }
    }

    @Test("a plus in a path is a plus")
    func path() {
        #expect(PercentCoding.decoded("a+b%20c") == "a+b c")
    }
}
