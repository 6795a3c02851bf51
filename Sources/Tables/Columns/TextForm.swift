/// What bytes are that are plainly no UTF-8 text.
///
/// UTF-16 and UTF-32 are known by their byte order marks (Unicode Standard section 23.8), without
/// them by the NULs that letters of ASCII have in them.
enum TextForm: CustomStringConvertible {
    case utf16(isLittleEndian: Bool, hasMark: Bool)
    case utf32
    /// NULs in no order that a text has.
    case binary

    /// Looks at the start of a text; `nil` where nothing speaks against UTF-8.
    init?(start: some Collection<UInt8>) {
        let head = Array(start.prefix(4))
        let marks: [(bytes: [UInt8], form: TextForm)] = [
            ([0xFF, 0xFE, 0, 0], .utf32), ([0, 0, 0xFE, 0xFF], .utf32),
            ([0xFF, 0xFE], .utf16(isLittleEndian: true, hasMark: true)),
            ([0xFE, 0xFF], .utf16(isLittleEndian: false, hasMark: true)),
        ]
        if let mark = marks.first(where: { head.starts(with: $0.bytes) }) {
            self = mark.form
            return
        }
        var nulls = [0, 0, 0, 0]
        for (place, byte) in start.enumerated() where byte == 0 { nulls[place % 4] += 1 }
        // Each character of ASCII, of which a table has at least its delimiters, has one NUL in
        // UTF-16 and three in UTF-32.  Fewer NULs are told where they stand.
        let often = nulls.map { $0 > start.count / 32 }
        switch often {
        case [true, true, true, false], [false, true, true, true]: self = .utf32
        case [false, true, false, true]: self = .utf16(isLittleEndian: true, hasMark: false)
        case [true, false, true, false]: self = .utf16(isLittleEndian: false, hasMark: false)
        case _ where often.contains(true): self = .binary
        default: return nil
        }
    }

    var description: String {
        switch self {
        case .utf16(let isLittleEndian, let hasMark):
            "UTF-16 (\(isLittleEndian ? "little" : "big")-endian, "
                + "\(hasMark ? "with" : "without") a byte order mark)"
        case .utf32: "UTF-32"
        case .binary: "NUL bytes, which no text has"
        }
    }
}
