public import GroundSegment

/// When a campaign will be done, by how fast its jobs have ended so far.
public struct CampaignForecast: Hashable, Sendable {
    /// Jobs that ended a day, the mean of the days looked at.
    public let rate: Double
    /// When the rest is done at that rate, and at rates two standard errors higher and lower;
    /// the last is `nil` where it would never be.
    public let end: MJD
    public let earliest: MJD
    public let latest: MJD?

    /// Days that are looked at.
    static let window = 14

    /// - Parameters:
    ///   - ended: jobs that ended on each whole day, in their order, days without any too.
    ///   - remaining: jobs that have not ended.
    ///   - now: from when on the rest is done.
    /// - Returns: `nil` where nothing remains, or nothing has ended lately.
    public init?(ended: [Int], remaining: Int, now: MJD) {
        let days = ended.suffix(Self.window).map(Double.init)
        guard remaining > 0, !days.isEmpty else { return nil }
        let mean = days.reduce(0, +) / Double(days.count)
        guard mean > 0 else { return nil }
        let spread =
            days.count > 1
            ? (days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(days.count - 1)
                / Double(days.count)).squareRoot() : mean
        rate = mean
        end = now + Double(remaining) / mean
        earliest = now + Double(remaining) / (mean + 2 * spread)
        let slow = mean - 2 * spread
        latest = slow > 0 ? now + Double(remaining) / slow : nil
    }
}
