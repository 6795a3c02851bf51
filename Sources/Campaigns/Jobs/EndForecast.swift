public import GroundSegment

/// When what is left of a task or campaign will have ended, from how many jobs ended on each of the
/// last days.
///
/// The counts of n days are taken as independent draws from one distribution of mean m and variance
/// s². The time until `left` more jobs have ended has the mean left / m and, where many days lie
/// before the end, the variance left s² / m³ (Cox 1962, "Renewal Theory", section 3.3, the first
/// passage of a cumulative process); that m is an estimate of variance s² / n adds left² s² /
/// (n m⁴). What is not in the counts, such as an outage to come, is not in the forecast.
public struct EndForecast: Hashable, Sendable {
    /// Jobs that end in a day.
    public let rate: Double
    /// When the last one ends, on the mean.
    public let end: MJD
    /// Within which it ends in nine of ten cases, as long as days go on as they were.
    public let span: TimeWindow

    /// The half width of the middle nine tenths of a normal distribution, in standard deviations.
    private static let ninety = 1.645

    /// `nil` where nothing is left, where there are no two days to tell from, or where nothing
    /// ended on them.
    ///
    /// - Parameters:
    ///   - left: jobs that have not ended.
    ///   - ended: how many ended on each of some days in a row, 24 hours each.
    ///   - now: the end of the last of these days.
    public init?(left: Int, ended: [Int], now: MJD) {
        guard left > 0, ended.count > 1 else { return nil }
        let days = Double(ended.count)
        let mean = ended.reduce(0.0) { $0 + Double($1) } / days
        guard mean > 0 else { return nil }
        let variance =
            ended.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / (days - 1)
        let length = Double(left) / mean
        let deviation = (variance / (mean * mean) * (length + length * length / days)).squareRoot()
        rate = mean
        end = now + length
        span = TimeWindow(
            start: now + max(0, length - Self.ninety * deviation),
            end: now + length + Self.ninety * deviation)
    }
}
