import Documents
import Foundation
import Testing

@Suite struct JSONValueTests {
    @Test("members keep their order and every text is escaped")
    func encodes() throws {
        let value: JSONValue = [
            "b": .text("a\"\\\n\u{1}é"), "a": [1, .real(0.5), .null, true], "c": .real(.nan),
        ]
        #expect(
            value.encoded
                == "{\"b\": \"a\\\"\\\\\\n\\u0001é\", \"a\": [1, 0.5, null, true], \"c\": null}")
        let read = try JSONSerialization.jsonObject(with: Data(value.encoded.utf8))
        #expect((read as? [String: any Sendable])?["b"] as? String == "a\"\\\n\u{1}é")
    }
}
