/// Names as the CPLEX LP format can hold them; `LPFormat` says how they are written.
enum LPNames {
    /// Stands for a variable where a program has none.
    static let none = "~none"
    /// Readers take 255 bytes; the ends that `LPFormat` adds must fit too.
    private static let longest = 220
    /// In lower case: the words with which sections begin, and the values of bounds.
    private static let keyWords: Set<String> = [
        "minimize", "minimise", "minimum", "min", "maximize", "maximise", "maximum", "max", "st",
        "such", "subject", "bounds", "bound", "general", "generals", "gen", "integer", "integers",
        "int", "binary", "binaries", "bin", "semi", "sos", "sos1", "sos2", "sec", "pwlobj", "end",
        "free", "inf", "infinity",
    ]

    /// The names as written, each different from all others.
    static func unique(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.enumerated().map { number, name in
            let whole = written(name)
            if whole.utf8.count <= longest, taken.insert(whole).inserted { return whole }
            return "\(whole.prefix(longest))~~\(number)"
        }
    }

    /// One name, every character of it in a way that the format allows.
    static func written(_ name: String) -> String {
        guard let first = name.utf8.first else { return "~" }
        // "e1" may be read as the end of a number.
        let isNumber = first == UInt8(ascii: "e") || first == UInt8(ascii: "E")
        let second = name.utf8.dropFirst().first.map { isDigit($0) || $0 == 45 } ?? true
        let isRefused =
            isDigit(first) || first == UInt8(ascii: "/") || (isNumber && second)
            || keyWords.contains(name.lowercased())
        let rest = name.utf8.dropFirst(isRefused ? 1 : 0).map(written).joined()
        return (isRefused ? escaped(first) : "") + rest
    }

    private static func written(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "/"): return "."
        case UInt8(ascii: "-"): return "_"
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return String(UnicodeScalar(byte))
        default: return isDigit(byte) ? String(UnicodeScalar(byte)) : escaped(byte)
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "~0\(digits)" : "~\(digits)"
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
