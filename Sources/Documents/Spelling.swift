/// Finds the word that was probably meant.
public enum Spelling {
    /// The word of `known` that is nearest to `word`; `nil` where none is near.
    public static func nearest(to word: String, in known: [String]) -> String? {
        let distances = known.map { ($0, distance(word.lowercased(), $0.lowercased())) }
        guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        return best.1 <= max(1, max(word.count, best.0.count) / 2) ? best.0 : nil
    }

    /// Insertions, deletions and substitutions between two words (Levenshtein's distance).
    private static func distance(_ left: String, _ right: String) -> Int {
        let target = Array(right)
        var row = Array(0...target.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in target.enumerated() {
                let substituted = diagonal + (character == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[target.count]
    }
}
