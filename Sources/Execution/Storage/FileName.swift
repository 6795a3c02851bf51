/// Names of any printable text as names of files.
enum FileName {
    /// `text` as one component of a path: letters, digits, `-`, `_` and `.` stay (a leading `.`
    /// does not), everything else becomes `%` and two hexadecimal digits for each UTF-8 byte.
    static func encoded(_ text: String) -> String {
        var name = ""
        for (place, byte) in text.utf8.enumerated() {
            if isPlain(byte) && !(place == 0 && byte == UInt8(ascii: ".")) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                name += byte < 16 ? "%0" : "%"
                name += String(byte, radix: 16, uppercase: true)
            }
        }
        return name
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
