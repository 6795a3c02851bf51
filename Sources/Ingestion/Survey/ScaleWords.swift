/// The names of time scales that a file's own words have.
enum ScaleWords {
    private static let names: Set = ["UTC", "TAI", "TT", "TDB", "TCB", "TCG", "UT1", "GPS"]
    /// Keys under which metadata have a scale; the first is the FITS keyword (FITS 4.0, 9.2.1).
    private static let keys: Set = [
        "timesys", "timescale", "time_scale", "time_system", "timesystem",
    ]

    /// Those of a description: `MJD (TAI)`.
    static func ofText(_ text: String) -> [String] {
        let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        // "tt" and "gps" may be more than scales where they are no capitals.
        return words.filter { word in
            names.contains(word)
                || ["UTC", "TAI", "TDB"].contains(word.uppercased())
        }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Those of metadata.
    static func ofMeta(_ meta: [String: String]) -> [String] {
        meta.filter { keys.contains($0.key.lowercased()) && !$0.value.isEmpty }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    /// A scale other than UTC at the end of a column's name: `start_tai`, `midpointMjdTai`.
    static func ofName(_ name: String) -> String? {
        ["TAI", "TDB"].first { scale in
            guard name.uppercased().hasSuffix(scale) else { return false }
            let word = name.suffix(scale.count)
            let before = name.dropLast(scale.count).last
            let isApart = before.map { !$0.isLetter } ?? true
            return isApart || (word.first?.isUppercase == true && before?.isLowercase == true)
        }
    }
}
