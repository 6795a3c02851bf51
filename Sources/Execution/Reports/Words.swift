/// Numbers as people read them.
enum Words {
    /// A length of time: `0:00:07`, `27:15:00`; empty where there is none.
    static func time(_ seconds: Double?) -> String {
        guard let seconds, let whole = Int(exactly: seconds.rounded()) else { return "" }
        let (minutes, rest) = max(0, whole).quotientAndRemainder(dividingBy: 60)
        return "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// With one decimal.
    static func tenths(_ number: Double) -> String {
        guard let tenths = Int(exactly: (number * 10).rounded()) else { return "-" }
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    static func mebibytes(kib: Int) -> Double { Double(kib) / 1024 }
    static func mebibytes(bytes: Int) -> Double { Double(bytes) / 1_048_576 }
}
