/// Wall-clock seconds of the stages of a run, in the order in which they began.
public struct StageTimings: Sendable {
    public private(set) var stages: [(name: String, seconds: Double)] = []

    public init() {}

    /// Runs `body` as the stage `name` and returns what it does.
    public mutating func measure<Result, Failure: Error>(
        _ name: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = ContinuousClock.now
        defer {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            stages.append((name, Double(seconds) + Double(attoseconds) * 1e-18))
        }
        return try body()
    }
}
