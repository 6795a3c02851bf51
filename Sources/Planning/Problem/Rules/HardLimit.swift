/// The limits of work and bytes (H2, H3), which hold within 1e-9 of themselves, so that sums of
/// decimals may meet them exactly (DISTRIBUTION section 2).
enum HardLimit {
    static let tolerance = 1e-9

    /// The most that keeps `limit`, in the same unit.
    @inline(__always)
    static func most(_ limit: Double) -> Double { limit * (1 + tolerance) }
}
