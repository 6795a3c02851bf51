/// The colours of the SDCs, by their place in the distribution.
enum Palette {
    /// Ten colours, in this order, that colour-blind readers tell apart (petroff10: M. Petroff,
    /// Accessible Color Sequences for Data Visualization, arXiv:2107.02270, 2021).
    private static let petroff = [
        "#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70",
        "#717581", "#92dadd",
    ]

    /// The colour of each of `count` SDCs, all different.
    ///
    /// Beyond ten, hues follow each other by the golden angle in three lightnesses: neighbours
    /// in the list stay apart, but labels have to help.
    static func colours(_ count: Int) -> [String] {
        guard count > petroff.count else { return Array(petroff.prefix(count)) }
        return (0..<count).map { place in
            let hue = (Double(place) * 137.508).truncatingRemainder(dividingBy: 360)
            return
                "hsl(\(NumberText.coordinate(hue)),\([70, 55, 75][place % 3])%,\([30, 50, 72][place % 3])%)"
        }
    }
}
