/// JSON's characters beyond 16 bits, which it escapes as two halves (RFC 8259 section 7) and
/// YAML does not.
enum JSONEscapes {
    /// `text` with each pair of halves replaced by its character.
    static func joined(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        let bytes = Array(text.utf8)
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "\\") else {
                joined.append(bytes[place])
                place += 1
                continue
            }
            if let high = half(bytes, place, 0xD800), let low = half(bytes, place + 6, 0xDC00),
                let scalar = Unicode.Scalar(0x10000 + high << 10 + low)
            {
                joined += Array(String(Character(scalar)).utf8)
                place += 12
            } else {
                // An escape is two bytes at least, so that an escaped backslash begins none.
                joined += bytes[place..<min(place + 2, bytes.count)]
                place += 2
            }
        }
        return String(decoding: joined, as: UTF8.self)
    }

    /// The ten bits of the half that is escaped at `place`, where it is one from `first` on.
    private static func half(_ bytes: [UInt8], _ place: Int, _ first: UInt32) -> UInt32? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u"),
            let unit = UInt32(
                String(decoding: bytes[place + 2..<place + 6], as: UTF8.self), radix: 16),
            unit >= first, unit < first + 0x400
        else { return nil }
        return unit - first
    }
}
