import BatchSystems
import Files
import Foundation
import Logging
import Payloads
import Synchronization

/// A site's batch system as the host of its payloads: each, or each cluster of them, is a job, and
/// like ones that come together are an array.
///
/// What it does waits for the system's commands, on a thread of its own, one thing after the
/// other.
final class BatchHost: PayloadHost {
    private let jobs: Mutex<BatchJobs>
    private let interval: Duration
    private let work = BlockingThreads(most: 1)
    private let timer = Mutex<Task<Void, Never>?>(nil)
    private let isClosed = Mutex(false)

    /// - Parameters:
    ///   - program: path of the program `sdc-payload`, on this machine and those of the system.
    ///   - home: folder in which is noted what was submitted.
    ///   - folder: where the jobs' own folders are made, which the system's machines share.
    ///   - clock: tells the time that has passed since some instant.
    ///   - post: gets the notices, one after the other, on a thread of the host's own.
    init(
        site: BatchSite, program: String, home: String, folder: String, logger: Logger,
        clock: @escaping @Sendable () -> Duration = BatchHost.uptime,
        post: @escaping @Sendable (HostNotice) -> Void
    ) {
        interval = .seconds(site.settings.interval)
        jobs = Mutex(
            BatchJobs(
                site: site, program: program, ledger: BatchLedger(home: home), folder: folder,
                clock: clock, logger: logger, post: post))
    }

    private static let start = ContinuousClock().now

    /// Since this program first asked.
    static let uptime: @Sendable () -> Duration = { start.duration(to: ContinuousClock().now) }

    func open() {
        let task = Task { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: interval)
            }
        }
        timer.withLock { $0 = task }
    }

    /// Asks the system how the jobs are, looks for their results and submits what waits.
    func look() async {
        await work.run { [self] in change { $0.look() } }
    }

    func send(_ messages: [RunnerMessage], to host: HostID) {
        work.start { [self] in change { $0.take(messages) } }
    }

    private func change(_ work: (inout BatchJobs) -> Void) {
        guard !isClosed.withLock({ $0 }) else { return }
        jobs.withLock { work(&$0) }
    }

    func close(endingAgent: Bool) {
        isClosed.withLock { $0 = true }
        timer.withLock { $0?.cancel() }
    }
}
