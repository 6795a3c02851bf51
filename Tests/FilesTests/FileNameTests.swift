import Digests
import Foundation
import Testing

@testable import Files

@Suite struct FileNameTests {
    @Test(
        "any text becomes one component of a path, and different texts stay different",
        arguments: [
            ("17", "17"), ("50294/VAST_1045-62", "50294%2FVAST_1045-62"), ("..", "%2E."),
            ("a.b", "a.b"),
            ("100%", "100%25"), ("é", "%C3%A9"), ("", "%"), (".", "%2E"), ("~", "%7E"),
        ])
    func encoding(text: String, name: String) {
        #expect(FileName.encoded(text) == name)
    }

    @Test("a name that fits stays as it was, to the last byte")
    func fitting() {
        let plain = String(repeating: "a", count: 255)
        let encoded = String(repeating: "é", count: 42) + "abc"
        #expect(FileName.encoded(plain) == plain)
        #expect(FileName.encoded(encoded) == String(repeating: "%C3%A9", count: 42) + "abc")
        #expect(FileName.encoded(encoded).utf8.count == 255)
    }

    @Test(
        "a name that is too long is cut between two bytes of the text and ends in its digest",
        arguments: [
            (String(repeating: "a", count: 256), 0, String(repeating: "a", count: 190)),
            (String(repeating: "é", count: 43), 0, String(repeating: "%C3%A9", count: 31) + "%C3"),
            (String(repeating: "a", count: 209), 47, String(repeating: "a", count: 143)),
            (String(repeating: "/", count: 100_000), 0, String(repeating: "%2F", count: 63)),
        ])
    func long(text: String, reserved: Int, start: String) {
        let name = FileName.encoded(text, reserved: reserved)
        #expect(name == start + "~" + SHA256Digest.hex(of: Data(text.utf8)))
        #expect(name.utf8.count <= 255 - reserved)
    }

    @Test("long names that differ in their last letter only, or look shortened, stay apart")
    func apart() {
        let text = String(repeating: "Пояс Ориона ", count: 40)
        let names = [text + "1", text + "2", FileName.encoded(text + "1")].map {
            FileName.encoded($0)
        }
        #expect(Set(names).count == 3)
    }

    @Test(
        "what is encoded is told from what could lead elsewhere",
        arguments: [
            ("observation", true), ("50294%2FA", true), ("%", true), ("a~b", true), ("", false),
            (".", false), ("..", false), (".hidden", false), ("~x", false), ("a/b", false),
            ("a b", false), ("é", false), (String(repeating: "a", count: 256), false),
        ])
    func encoded(component: String, isEncoded: Bool) {
        #expect(FileName.isEncoded(component) == isEncoded)
    }
}
