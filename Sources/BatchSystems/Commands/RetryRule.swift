/// How often and when something is tried again that has failed for now: exponential waits with
/// jitter (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
public struct RetryRule: Hashable, Sendable {
    /// Tries after the first one.
    public var retries: Int
    public var first: Duration
    public var longest: Duration

    public init(
        retries: Int, first: Duration = .seconds(1), longest: Duration = .seconds(60)
    ) {
        self.retries = retries
        self.first = first
        self.longest = longest
    }

    /// The wait before a try.
    ///
    /// - Parameters:
    ///   - retry: 1 for the first one again.
    ///   - fraction: 0 to 1, drawn anew each time.
    public func wait(before retry: Int, fraction: Double) -> Duration {
        let doubled = first * (1 << min(max(0, retry - 1), 20))
        return min(doubled, longest) * min(max(0, fraction), 1)
    }
}
