import Documents
import Testing

@Suite struct JSONValueCanonicalTests {
    /// Numbers of RFC 8785, appendix B, and others, as ECMAScript writes them.
    @Test(
        arguments: [
            "0", "5e-324", "1.7976931348623157e+308", "9007199254740992",
            "295147905179352830000", "9.999999999999997e+22", "1e+23", "999999999999999700000",
            "1e+21", "9.999999999999997e-7", "0.000001", "333333333.3333333",
            "-0.0000033333333333333333", "1", "100", "-1.5", "0.1", "3600.5", "10000000000000000",
            "123456789", "0.05", "1e-7", "1.5e+300",
        ])
    func `numbers are written as ECMAScript does`(text: String) throws {
        let number = try #require(Double(text))
        #expect(JSONText.digits(of: number) == text)
    }

    @Test func `a negative zero is none`() {
        #expect(JSONText.digits(of: -0.0) == "0")
    }

    @Test func `fields are sorted and texts escaped as little as possible`() {
        let value = JSONValue.object([
            "b": .list([.integer(1), .text("é\"\\\n\u{1}\u{1F}/")]), "a": .object([:]),
        ])
        #expect(value.canonical == #"{"a":{},"b":[1,"é\"\\\n\u0001\u001f/"]}"#)
    }

    @Test func `backspace and form feed have letters of their own`() {
        #expect(JSONValue.text("\u{8}\u{C}").canonical == #""\b\f""#)
    }

    @Test func `what JSON has no number for is null`() {
        #expect(
            JSONValue.list([.real(.nan), .boolean(true), .null]).canonical == "[null,true,null]")
    }
}
