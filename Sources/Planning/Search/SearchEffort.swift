import GroundSegment

extension Effort {
    /// How many steps the searches take together for `items` observations and tiles.
    ///
    /// Made for 3 s, 20 s and minutes for three months on 2 cores.  More items get more steps,
    /// but somewhat fewer for each: years would last too long.
    func steps(items: Int) -> Int {
        let base: Double
        switch self {
        case .quick: base = 6.5e7
        case .normal: base = 4.8e8
        case .thorough: base = 3e9
        }
        let size = Double(max(1, items)) / 6000
        return max(1, Int(base * power(size, size < 1 ? 0.5 : 0.795)))
    }
}
