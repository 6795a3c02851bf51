import GroundSegment

extension Effort {
    /// How many steps the searches take together for `items` observations and tiles.
    ///
    /// Made for 3 s, 15 s and minutes for three months on 2 cores.  More items get more steps,
    /// but somewhat fewer for each: years would last too long.  A step on a tile looks at all its
    /// observations: where these are many, there are as many fewer steps.
    ///
    /// - Parameter coverage: observations of a tile on average.
    func steps(items: Int, coverage: Double) -> Int {
        let base: Double
        switch self {
        case .quick: base = 6.5e7
        case .normal: base = 3.6e8
        case .thorough: base = 3e9
        }
        let size = Double(max(1, items)) / 6000
        let slower = max(1, coverage / SearchModel.usualCoverage)
        return max(1, Int(base / slower * power(size, size < 1 ? 0.5 : 0.795)))
    }
}
