/// Writes a JSON text in one line, field by field.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    init() {
        bytes.reserveCapacity(512)
    }

    mutating func object(_ write: (inout JSONWriter) -> Void) {
        begin("{")
        write(&self)
        end("}")
    }

    mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
        key(name)
        object(write)
    }

    mutating func array(_ name: String, _ write: (inout JSONWriter) -> Void) {
        key(name)
        begin("[")
        write(&self)
        end("]")
    }

    mutating func field(_ name: String, _ text: String) {
        key(name)
        value(text)
    }

    mutating func field(_ name: String, _ number: some BinaryInteger) {
        key(name)
        raw(String(number))
    }

    /// A number that is not finite is written as null.
    mutating func field(_ name: String, _ number: Double) {
        key(name)
        raw(number.isFinite ? "\(number)" : "null")
    }

    mutating func field(_ name: String, _ flag: Bool) {
        key(name)
        raw(flag ? "true" : "false")
    }

    /// Writes nothing where there is no value.
    mutating func field(_ name: String, _ number: Int?) {
        if let number { field(name, number) }
    }

    mutating func field(_ name: String, _ text: String?) {
        if let text { field(name, text) }
    }

    mutating func field(_ name: String, _ texts: [String]) {
        array(name) { writer in
            for text in texts { writer.value(text) }
        }
    }

    /// In the order of their names, so that equal values have equal texts.
    mutating func field(_ name: String, _ texts: [String: String]) {
        object(name) { writer in
            for (key, text) in texts.sorted(by: { $0.key < $1.key }) { writer.field(key, text) }
        }
    }

    private mutating func value(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    private mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func begin(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
