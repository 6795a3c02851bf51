public import Foundation
import Synchronization

/// Signs of life for a service manager that ends a service which gives none (WatchdogSec of
/// systemd.service(5)).
public final class ServiceWatchdog: Sendable {
    /// How often a sign has to be given at least, so that a late one is not the last.
    public let interval: Duration
    private let last = Mutex<ContinuousClock.Instant?>(nil)
    private let send: @Sendable () -> Void

    /// The watchdog that the environment asks for; `nil` where nobody waits for signs.
    ///
    /// - Parameters:
    ///   - environment: WATCHDOG_USEC, microseconds without a sign after which the service is
    ///     ended; WATCHDOG_PID, the process that is meant, each one where it is absent
    ///     (sd_watchdog_enabled(3)).
    ///   - send: gives a sign.
    public init?(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        process: Int32 = ProcessInfo.processInfo.processIdentifier,
        send: @escaping @Sendable () -> Void = { ServiceNotice.alive.send() }
    ) {
        guard let limit = environment["WATCHDOG_USEC"].flatMap(Int64.init), limit > 0 else {
            return nil
        }
        if let meant = environment["WATCHDOG_PID"], Int32(meant) != process { return nil }
        interval = .microseconds(limit) / 4
        self.send = send
    }

    /// The service turns: gives a sign, unless the last one was less than the interval ago.
    public func turned(at now: ContinuousClock.Instant = .now) {
        let isDue = last.withLock { last in
            if let last, now < last + interval { return false }
            last = now
            return true
        }
        if isDue { send() }
    }
}
