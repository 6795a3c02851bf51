import Commands
import NIOCore
import NIOPosix
import ServiceLifecycle

/// What `sgs serve` tells its service manager while it serves, and that it ends.
struct ServiceSigns: ServiceLifecycle.Service {
    private let watchdog: ServiceWatchdog?
    private let loops: MultiThreadedEventLoopGroup

    /// - Parameter loops: what answers the service's connections.
    init(
        _ watchdog: ServiceWatchdog? = ServiceWatchdog(),
        loops: MultiThreadedEventLoopGroup = .singleton
    ) {
        self.watchdog = watchdog
        self.loops = loops
    }

    /// Gives signs until the service is asked to stop.
    func run() async throws {
        if let watchdog {
            // Cancelled where the service is asked to stop.
            try? await cancelWhenGracefulShutdown { try await giveSigns(watchdog) }
        } else {
            try await gracefulShutdown()
        }
        ServiceNotice.stopping.send()
    }

    /// A sign whenever each loop has taken a turn; one that hangs lets no sign through, however
    /// many connections there are.
    private func giveSigns(_ watchdog: ServiceWatchdog) async throws {
        while true {
            for loop in loops.makeIterator() { try await loop.submit {}.get() }
            watchdog.turned()
            try await Task.sleep(for: watchdog.interval)
        }
    }
}
