import Glibc

/// Holds one transfer to a bandwidth.
struct Pace: Sendable {
    /// Bytes a second.
    let bandwidth: Double
    private let start = ContinuousClock.now
    private var bytes = 0.0

    /// - Parameter bandwidth: KiB/s.
    init(bandwidth: Int) {
        self.bandwidth = Double(max(1, bandwidth)) * 1024
    }

    /// Seconds that have to pass since the begin before more than `bytes` may have gone.
    func seconds(for bytes: Double) -> Double { bytes / bandwidth }

    /// Counts bytes, and waits as long as they have come too early.
    mutating func wait(after count: Int) {
        bytes += Double(count)
        let early = .seconds(seconds(for: bytes)) - (ContinuousClock.now - start)
        guard early > .zero else { return }
        let parts = early.components
        var time = timespec(
            tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
        nanosleep(&time, nil)
    }
}
