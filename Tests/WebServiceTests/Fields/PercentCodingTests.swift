import Testing

@testable import WebService

@Suite struct PercentCodingTests {
    @Test(
        "a text and its encoding are each other's inverse",
        arguments: [
            ("50294/VAST_1045-62", "50294%2FVAST_1045-62"), ("a b?&=#", "a%20b%3F%26%3D%23"),
            ("é\"<", "%C3%A9%22%3C"), ("", ""),
        ])
    func both(_ text: String, _ encoded: String) {
        #expect(PercentCoding.encoded(text) == encoded)
        #expect(PercentCoding.decoded(encoded[...]) == text)
    }

    @Test("what is not percent-encoded UTF-8 is refused", arguments: ["%", "%4", "%zz", "%ff"])
    func wrong(_ text: String) {
        #expect(PercentCoding.decoded(text[...]) == nil)
    }
}
