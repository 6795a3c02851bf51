public import GroundSegment

/// When a campaign will be done, by how many of its jobs ended on each of the last days.
///
/// The counts of n days are taken as independent draws from one distribution of mean m and variance
/// s². The time until `remaining` more jobs have ended has the mean remaining / m and, where many
/// days lie before the end, the variance remaining s² / m³ (Cox 1962, "Renewal Theory", section 3.3,
/// the first passage of a cumulative process); that m is an estimate of variance s² / n adds
/// remaining² s² / (n m⁴). What is not in the counts, such as an outage to come, is not in the
/// forecast.
public struct CampaignForecast: Hashable, Sendable {
    /// Jobs that ended a day, the mean of the days looked at.
    public let rate: Double
    /// When the last job ends, on the mean.
    public let end: MJD
    /// Between these it ends in nine of ten cases, as long as days go on as they were.
    public let earliest: MJD
    public let latest: MJD

    /// Days that are looked at.
    static let window = 14
    /// The half width of the middle nine tenths of a normal distribution, in standard deviations.
    private static let ninety = 1.645

    /// - Parameters:
    ///   - ended: jobs that ended on each whole day, in their order, days without any too.
    ///   - remaining: jobs that have not ended.
    ///   - now: from when on the rest is done.
    /// - Returns: `nil` where nothing remains, or nothing has ended lately.
    public init?(ended: [Int], remaining: Int, now: MJD) {
        let days = ended.suffix(Self.window).map(Double.init)
        let count = Double(days.count)
        guard remaining > 0, count > 0 else { return nil }
        let mean = days.reduce(0, +) / count
        guard mean > 0 else { return nil }
        // One day says nothing of how days differ: they may as much as jobs do that end alone.
        let variance =
            count > 1
            ? days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) : mean * mean
        let length = Double(remaining) / mean
        let deviation =
            (variance / (mean * mean) * (length + length * length / count)).squareRoot()
        rate = mean
        end = now + length
        earliest = now + max(0, length - Self.ninety * deviation)
        latest = now + length + Self.ninety * deviation
    }
}
