import Documents

/// What a quantity of a planning case can be.  Beyond these a number is a slip, and the planner's
/// sums, ratios and counts of it may leave what a number can hold.
extension NumberRange {
    // MARK: Centres

    /// Cores pledged; the largest machines have some ten million.
    static let cores = from(0.001, to: 1e8)
    /// The part of the core time that payloads can use.
    static let efficiency = from(0.0001, to: 1)
    /// A centre's storage, TB: from a megabyte to a zettabyte.
    static let storage = from(1e-6, to: 1e9)
    /// TB of it that are occupied.
    static let used = from(0, to: 1e9)
    /// Gbit/s that others' data may use of a centre's line; of 0 nothing can come in or go out.
    static let rate = zero(orFrom: 1e-6, to: 1e6)
    /// Core-hours that others use of a centre.
    static let reservedWork = from(0, to: 1e12)
    /// A part of a centre.
    static let availability = from(0, to: 1)

    // MARK: Items

    /// Core-hours of one observation or tile: from milliseconds of a core on.
    static let work = from(1e-6, to: 1e9)
    /// Core-hours that a tile takes more for each observation.
    static let moreWork = zero(orFrom: 1e-6, to: 1e9)
    /// TB of one observation or tile, or of a ground survey for a tile: from a byte on.
    static let volume = zero(orFrom: 1e-12, to: 1e6)
    /// Days from an observation's end to its arrival.
    static let latency = from(0, to: 366)
    /// Width or height of a field, degrees.
    static let field = from(0.001, to: 90)

    // MARK: Time and sky

    /// Days of a bucket.
    static let bucket = from(0.01, to: 366)
    /// Degrees between the rings of tiles.
    static let step = from(0.05, to: 90)
    /// Degrees of a tile's margin.
    static let margin = from(0, to: 10)
    static let declination = from(-90, to: 90)
    static let rightAscension = from(0, to: 360)

    // MARK: Options

    /// A relative deviation, as the tolerances and the gap to the bound are.
    static let deviation = zero(orFrom: 1e-9, to: 1000)
    /// Days that an SDC may wait for an observation: up to ten years.
    static let gap = zero(orFrom: 1e-6, to: 3660)
    /// TB, or a part of a volume, that counts as cost.
    static let weight = zero(orFrom: 1e-9, to: 1e6)
    /// Seconds of planning: up to a year.
    static let planningTime = from(0.001, to: 31_622_400)
}
