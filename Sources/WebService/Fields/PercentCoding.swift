import Foundation

/// Percent-encoding of URIs (RFC 3986 section 2).
public enum PercentCoding {
    /// A name or value of a form, in which a plus is a space (WHATWG URL section 5.1); `nil` where
    /// it is wrongly encoded.
    public static func decodedForm(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "+")) else { return decoded(text) }
        return decoded(text.replacing("+", with: " ")[...])
    }

    /// The text that `text` encodes; `nil` where a `%` is not followed by two hexadecimal digits
    /// or the bytes are not UTF-8.
    ///
    /// Foundation would put U+FFFD in the place of some such bytes, and lose a byte order mark.
    public static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit),
                let low = rest.popFirst().flatMap(digit)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// `text` as one segment of a path or as a value of a query: a slash is encoded as well.
    public static func encoded(_ text: String) -> String {
        // Every text has UTF-8, so this always has a value.
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986 section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
