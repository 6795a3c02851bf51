import Glibc

/// Where the present instant comes from: what asks for it is given one of these, so that a test
/// or an operator can say what time it is.
public enum WallClock: Hashable, Sendable {
    /// The machine's clock.
    case system
    /// Always the same instant.
    case fixed(MJD)

    /// Stands still at `instant`; the machine's clock where that is `nil`.
    public init(_ instant: MJD?) {
        self = instant.map(WallClock.fixed) ?? .system
    }

    /// The present instant, UTC.
    public var now: MJD {
        switch self {
        case .system:
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return MJD(posixSeconds: Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
        case .fixed(let instant): return instant
        }
    }
}
