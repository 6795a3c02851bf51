/// How much is kept of runs that have ended: the folders of their attempts with the logs, and the
/// work of those that failed. What the store says of them stays.
public struct Retention: Hashable, Sendable {
    /// Days after the end of a run.
    public var age: Double
    /// Runs.
    public var count: Int
    /// Bytes of all of them together.
    public var bytes: Int

    public init(age: Double = 30, count: Int = 2000, bytes: Int = 2 << 30) {
        self.age = age
        self.count = count
        self.bytes = bytes
    }

    /// What a run that has ended left.
    struct Leaving: Hashable, Sendable {
        let name: String
        /// Days since its end.
        let age: Double
        let bytes: Int
    }

    /// Those that go: what is too old, and the oldest of what is too many or too much.
    func excess(_ runs: [Leaving]) -> [Leaving] {
        var bytes = 0
        var count = 0
        // A run's name tells when it began: of those that ended together the first goes first.
        return runs.sorted { ($0.age, $1.name) < ($1.age, $0.name) }.filter { run in
            count += 1
            bytes += run.bytes
            return run.age > age || count > self.count || bytes > self.bytes
        }
    }
}
