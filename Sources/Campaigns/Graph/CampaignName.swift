/// Names of campaigns, tasks, data sets and parameters, which become parts of addresses and files.
enum CampaignName {
    static let rule = "at most 64 letters, digits, '-' and '_', a '-' not first"

    static func isPlain(_ name: some StringProtocol) -> Bool {
        let bytes = name.utf8
        return (1...64).contains(bytes.count) && bytes.first != UInt8(ascii: "-")
            && bytes.allSatisfy(isAllowed)
    }

    /// A text as a name: what a name may not have becomes a `-`, and is left out at the ends;
    /// `nil` where nothing remains.
    static func plain(_ text: String) -> String? {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isAllowed(byte) {
                bytes.append(byte)
            } else if bytes.last != UInt8(ascii: "-"), !bytes.isEmpty {
                bytes.append(UInt8(ascii: "-"))
            }
        }
        while bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
        bytes = Array(bytes.prefix(64))
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// A name, or names of campaigns within a campaign and one of theirs, joined by dots.
    static func isQualified(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 8 && parts.allSatisfy(isPlain)
    }

    static let qualifiedRule = "a name, or names joined by dots"

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
