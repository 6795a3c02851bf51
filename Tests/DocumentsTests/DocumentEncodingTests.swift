import Documents
import Foundation
import Testing

@Suite("DocumentEncoding")
struct DocumentEncodingTests {
    private static let encodings: [String.Encoding] = [
        .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian,
        .utf32BigEndian,
    ]

    @Test("a text is read in each of YAML's encodings, with a byte order mark and without")
    func encodings() throws {
        let text = "name: caf\u{E9} \u{1F30C}"
        for encoding in Self.encodings {
            // These two begin with a mark by themselves.
            let marks = [.utf16, .utf32].contains(encoding) ? [""] : ["", "\u{FEFF}"]
            for mark in marks {
                let data = try #require((mark + text).data(using: encoding))
                #expect(
                    DocumentEncoding.text(of: data) == .success(text),
                    "\(encoding) \(mark.utf8.count)")
            }
        }
    }

    @Test(
        "bytes of no encoding are a fault",
        arguments: [
            ([0x6E, 0xE9, 0x3A], "UTF-8"), ([0xFF, 0xFE, 0x6E, 0x00, 0x00], "UTF-16"),
            ([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x6E], "UTF-16"),
            ([0xFF, 0xFE, 0x00, 0x00, 0x00, 0x00, 0x11, 0x00], "UTF-32"),
            ([0xEF, 0xBB, 0xBF, 0xC0, 0x80], "UTF-8"),
        ] as [([UInt8], String)])
    func garbled(bytes: [UInt8], name: String) {
        #expect(
            DocumentEncoding.text(of: Data(bytes))
                == .failure(
                    .init(found: "bytes that are no \(name)", expected: "\(name) text")))
    }
}
