extension String {
    /// A word that a shell takes for this text (POSIX.1-2017, Shell Command Language, 2.2).
    public var shellWord: String {
        let isPlain = utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_-./=:,@%+#".utf8.contains(byte)
            }
        }
        if isPlain && !isEmpty && !hasPrefix("#") { return self }
        return "'" + replacing("'", with: "'\\''") + "'"
    }
}
