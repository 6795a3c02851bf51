import Foundation
public import GroundSegment

/// The instant by which a runner decides what is released and which SDC is up.
public enum RunnerClock: Hashable, Sendable {
    /// The machine's clock.
    case real
    /// Always the same instant.
    case fixed(MJD)

    public var now: MJD {
        switch self {
        case .real: MJD(posixSeconds: Date().timeIntervalSince1970)
        case .fixed(let instant): instant
        }
    }
}
