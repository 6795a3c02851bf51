import GroundSegment

/// What the SDCs get beside their work by part of the period, by SDC in the distribution's order,
/// and the scales on which all SDCs are drawn.
struct PartSeries {
    let parts: PeriodParts
    /// TB.
    let newVolume: [[Double]]
    /// TB.
    let external: [[Double]]
    let copiesIn: [[Int]]
    let copiesOut: [[Int]]
    let failover: [[Int]]

    init(_ series: BucketSeries, _ buckets: Buckets) {
        let parts = PeriodParts(buckets)
        self.parts = parts
        newVolume = series.newVolume.map(parts.sums)
        external = series.external.map(parts.sums)
        copiesIn = series.copiesIn.map(parts.sums)
        copiesOut = series.copiesOut.map(parts.sums)
        failover = series.failover.map(parts.sums)
    }

    /// The most copies that an SDC receives or sends in a part of the period.
    var mostCopies: Double { Double((copiesIn + copiesOut).joined().max() ?? 0) }
    /// The most external data of an SDC in a part of the period, TB.
    var mostExternal: Double { external.joined().max() ?? 0 }
    /// The most copies for failover of an SDC in a part of the period.
    var mostFailover: Double { Double(failover.joined().max() ?? 0) }
}
