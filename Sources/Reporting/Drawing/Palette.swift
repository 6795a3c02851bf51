/// The colours of the SDCs, by their place in the distribution.
enum Palette {
    /// Nine colours that colour-blind readers tell apart ("muted", P. Tol, Colour Schemes,
    /// SRON/EPS/TN/09-002, 2021).
    private static let muted = [
        "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255",
        "#aa4499",
    ]

    /// The colour of each of `count` SDCs, all different.
    ///
    /// Beyond nine, hues follow each other by the golden angle in three lightnesses: neighbours
    /// in the list stay apart, but labels have to help.
    static func colours(_ count: Int) -> [String] {
        guard count > muted.count else { return Array(muted.prefix(count)) }
        return (0..<count).map { place in
            let hue = (Double(place) * 137.508).truncatingRemainder(dividingBy: 360)
            return
                "hsl(\(NumberText.coordinate(hue)),\([70, 55, 75][place % 3])%,\([30, 50, 72][place % 3])%)"
        }
    }
}
