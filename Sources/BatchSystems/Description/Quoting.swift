import Documents

/// How a program's words are written in a script so that it gets them unchanged.
enum Quoting: String, Hashable, Sendable, CaseIterable {
    /// POSIX shell, 2.2.2 Single-Quotes.
    case shell
    /// The new syntax of `arguments` in a submit description of HTCondor (manual of
    /// condor_submit), without the double quotes around all.
    case htcondor
    /// A list in JSON, which YAML reads too.
    case json

    func line(_ words: [String]) -> String {
        switch self {
        case .shell: words.map(Self.shell).joined(separator: " ")
        case .htcondor:
            words.map { word in
                let doubled = word.replacing("'", with: "''").replacing("\"", with: "\"\"")
                return "'\(doubled)'"
            }.joined(separator: " ")
        case .json: JSONValue.list(words).encoded
        }
    }

    static func shell(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-+=@%,:".utf8.contains(byte)
            }
        }
        return plain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
