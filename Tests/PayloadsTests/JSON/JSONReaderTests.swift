import Testing

@testable import Payloads

@Suite struct JSONReaderTests {
    private func value(_ text: String) throws -> JSON { try JSONReader.value(of: Array(text.utf8)) }

    @Test("every kind of value is read")
    func kinds() throws {
        let text = #" {"a": [1, -0.5e+3, true, false, null], "b": {"c": ""}, "d": []} "#
        #expect(
            try value(text)
                == .object([
                    "a": .array([
                        .number("1"), .number("-0.5e+3"), .bool(true), .bool(false), .null,
                    ]),
                    "b": .object(["c": .string("")]), "d": .array([]),
                ]))
    }

    @Test("escapes are read, also those of characters beyond the basic plane")
    func escapes() throws {
        #expect(
            try value(#""\"\\\/\b\f\n\r\t\u00e9\u0000\ud83d\ude00é""#)
                == .string("\"\\/\u{8}\u{c}\n\r\té\0😀é"))
    }

    @Test("a number keeps all its digits")
    func digits() throws {
        let fields = try JSONFields(value(#"{"token": 18446744073709551615}"#), "x")
        #expect(try fields.token("token") == 18_446_744_073_709_551_615)
    }

    @Test(
        "what is no JSON is refused with the place",
        arguments: [
            ("", "JSON: byte 0: expected a value or a digit"),
            ("{", "JSON: byte 1: expected a field's name"),
            ("[1,]", "JSON: byte 3: expected a value or a digit"),
            ("01", "JSON: byte 2: expected a number without a leading zero"),
            ("1.", "JSON: byte 2: expected a value or a digit"),
            ("tru", "JSON: byte 0: expected a value"),
            ("1 2", "JSON: byte 2: expected the end"),
            ("\"a", "JSON: byte 2: expected a closing quotation mark"),
            ("\"a\u{1}\"", "JSON: byte 2: expected no control character in a text"),
            (#""\x""#, "JSON: byte 3: expected an escape"),
            (#""\ud800""#, "JSON: byte 7: expected a pair of surrogates"),
            (#""\u12g4""#, "JSON: byte 3: expected four hexadecimal digits"),
            (#"{"a" 1}"#, "JSON: byte 5: expected a colon"),
        ])
    func faults(text: String, fault: String) {
        let error = #expect(throws: PayloadError.self) { try value(text) }
        #expect(error?.code == .message)
        #expect(error?.description == fault)
    }

    @Test("bytes that are no UTF-8 are refused")
    func encoding() {
        #expect(throws: PayloadError.self) {
            try JSONReader.value(of: [0x22, 0xFF, 0xFE, 0x22])
        }
    }

    @Test("a text of a million brackets is refused, not followed")
    func depth() {
        let text = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        let error = #expect(throws: PayloadError.self) { try JSONReader.value(of: text) }
        #expect(error?.description == "JSON: byte 64: expected at most 64 levels")
    }

    @Test("what is written is read again", arguments: ["", "a\"b\\c", "\0\u{1}\u{7f}\n", "é😀"])
    func roundTrip(text: String) throws {
        var writer = JSONWriter()
        writer.object { $0.field(text, text) }
        #expect(try JSONReader.value(of: writer.bytes) == .object([text: .string(text)]))
        #expect(!writer.bytes.contains { $0 < 0x20 })
    }
}
