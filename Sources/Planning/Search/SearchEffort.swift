import GroundSegment

extension Effort {
    /// Up to so many observations of a tile on average the steps are not cut.
    private static let fullCoverage = 12.0
    /// What a step takes where lines are limited, against one where they are not.
    private static let stepWithLines = 1.7

    /// How many steps the searches take together for `items` observations and tiles.
    ///
    /// Made for 3 s, 15 s and minutes for three months on 2 cores.  More items get more steps,
    /// but somewhat fewer for each: years would last too long.  A step on a tile looks at all its
    /// observations: where these are dozens, there are as many fewer steps.  A few, as in surveys
    /// of large fields, need all of theirs.
    ///
    /// - Parameters:
    ///   - coverage: observations of a tile on average.
    ///   - hasLines: whether what comes in and goes out is limited (H6): a step then looks at that
    ///     of every observation of its tile, too.
    func steps(items: Int, coverage: Double, hasLines: Bool = false) -> Int {
        let base: Double
        switch self {
        case .quick: base = 6.3e7
        case .normal: base = 3.5e8
        case .thorough: base = 2.9e9
        }
        let size = Double(max(1, items)) / 6000
        let slower =
            (1 + max(0, coverage - Self.fullCoverage) / SearchModel.usualCoverage)
            * (hasLines ? Self.stepWithLines : 1)
        return max(1, Int(base / slower * power(size, size < 1 ? 0.5 : 0.62)))
    }
}
