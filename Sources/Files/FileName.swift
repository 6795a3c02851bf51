import Digests
import Foundation

/// Names of any printable text as names of files.
public enum FileName {
    /// The most bytes of a component of a path (NAME_MAX of ext4, XFS and btrfs).
    public static let mostBytes = 255

    /// `text` as one component of a path: letters, digits, `-`, `_` and `.` stay (a leading `.`
    /// does not), everything else becomes `%` and two hexadecimal digits for each UTF-8 byte.
    ///
    /// A name that would be too long ends in `~` and the SHA-256 of `text` in place of its rest.
    /// Different texts have different names: `~` is in no other name, and a lone `%` is that of the
    /// empty text only.
    ///
    /// - Parameter reserved: how many bytes its user adds to the name: a suffix, an attempt's
    ///   number.
    public static func encoded(_ text: String, reserved: Int = 0) -> String {
        guard !text.isEmpty else { return "%" }
        let limit = mostBytes - reserved
        var name = ""
        var length = 0
        // As much of the name as leaves room for a digest, cut between two bytes of the text.
        var start = 0
        for (place, byte) in text.utf8.enumerated() {
            if isPlain(byte) && !(place == 0 && byte == UInt8(ascii: ".")) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
                length += 1
            } else {
                name += byte < 16 ? "%0" : "%"
                name += String(byte, radix: 16, uppercase: true)
                length += 3
            }
            if length <= limit - digestLength { start = length }
            guard length <= limit else {
                return name.prefix(start) + "~" + SHA256Digest.hex(of: Data(text.utf8))
            }
        }
        return name
    }

    /// Whether a component of a path is as `encoded` makes them.
    public static func isEncoded(_ component: some StringProtocol) -> Bool {
        let bytes = component.utf8
        return (1...mostBytes).contains(bytes.count) && bytes.first != UInt8(ascii: ".")
            && bytes.first != UInt8(ascii: "~")
            && bytes.allSatisfy {
                isPlain($0) || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "~")
            }
    }

    /// `~` and a SHA-256 in hexadecimal.
    private static let digestLength = 65

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
