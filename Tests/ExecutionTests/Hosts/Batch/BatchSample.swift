import BatchSystems
import Foundation
import Logging
import Synchronization

@testable import Execution
@testable import Payloads

/// The jobs of a runner at a stub of a batch system, with what the runner is told.
final class BatchSample {
    let folder: TestFolder
    let system = StubBatchSystem()
    var settings = SiteBatch()
    private(set) var jobs: BatchJobs
    /// What has been told since it was last asked.
    private let notices: Notices

    private final class Notices: Sendable {
        let told = Mutex<[HostNotice]>([])
        let time = Mutex(Duration.zero)
    }

    init(_ change: (inout SiteBatch) -> Void = { _ in }) throws {
        folder = try TestFolder()
        notices = Notices()
        change(&settings)
        jobs = Self.jobs(folder, system, settings, notices)
    }

    private static func jobs(
        _ folder: TestFolder, _ system: StubBatchSystem, _ settings: SiteBatch, _ notices: Notices
    ) -> BatchJobs {
        BatchJobs(
            site: BatchSite(settings, system), program: "/opt/sdc-payload",
            ledger: BatchLedger(home: "\(folder.path)/batch"), folder: "\(folder.path)/jobs",
            clock: { notices.time.withLock { $0 } },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            post: { notice in notices.told.withLock { $0.append(notice) } })
    }

    /// The runner is gone, and the next one begins.
    func restart() { jobs = Self.jobs(folder, system, settings, notices) }

    func pass(_ seconds: Int) { notices.time.withLock { $0 += .seconds(seconds) } }

    // MARK: - Orders and results

    func order(_ id: String, cores: Int = 1, cluster: String? = nil) -> AttemptOrder {
        AttemptOrder(
            id: id, token: 7, program: "/bin/true", folder: "\(folder.path)/attempts/\(id)",
            workFolder: "\(folder.path)/work", limits: AttemptLimits(walltime: 100, grace: 20),
            need: Need(cores: cores, memory: 1000), cluster: cluster)
    }

    func attempt(_ id: String) -> AttemptFolder {
        AttemptFolder(path: "\(folder.path)/attempts/\(id)")
    }

    /// An agent takes the attempt; it lives as long as what is given back.
    func begin(_ id: String) throws -> Descriptor { try attempt(id).claim() }

    /// An agent takes an attempt and is killed.
    func vanish(_ id: String) throws { _ = try begin(id) }

    func end(_ id: String, _ cause: AttemptResult.EndCause? = nil, token: UInt64 = 7) throws {
        try attempt(id).write(
            AttemptResult(
                id: id, token: token, start: 1, end: 2, exit: cause == nil ? .code(0) : .signal(15),
                ended: cause))
    }

    // MARK: - The host

    func start(_ orders: AttemptOrder...) { jobs.take(orders.map { .start($0) }) }

    func take(_ messages: RunnerMessage...) { jobs.take(messages) }

    func look() { jobs.look() }

    func tell(_ id: BatchJobID, _ state: BatchJobState?, native: String = "?") {
        system.change { $0.statuses[id] = state.map { BatchJobStatus($0, native: native) } }
    }

    var submitted: [BatchJob] { system.content.withLock { $0.submitted } }
    var cancelled: [BatchJobID] { system.content.withLock { $0.cancelled } }
    var polls: [[BatchJobID]] { system.content.withLock { $0.polls } }

    /// The entries of the ledger.
    var entries: [String] {
        StoredFiles.names(in: "\(folder.path)/batch").filter { $0.hasSuffix(".json") }
    }

    /// What the runner was told since the last time, in short words.
    func told() -> [String] {
        let all = notices.told.withLock { told in
            defer { told = [] }
            return told
        }
        return all.map { notice in
            switch notice {
            case .ready(let has):
                "ready "
                    + has.map { $0.key + ($0.value.map { "/\($0)" } ?? "") }.sorted().joined(
                        separator: ",")
            case .lost(let text): "lost \(text)"
            case .absent(let text): "absent \(text)"
            case .offers(let offer): "offers \(offer.total.cores)"
            case .draining(let text): "draining \(text)"
            case .gone(let text): "gone \(text)"
            case .message(.started(let id, _, _)): "started \(id)"
            case .message(.withdrawn(let id)): "withdrawn \(id)"
            case .message(.refused(let id, let reason)): "refused \(id ?? ""): \(reason)"
            case .message(.ended(let result)):
                "ended \(result.id)"
                    + [
                        result.ended.map { " \($0.rawValue)" },
                        result.outOfMemory.map { " memory by \($0.rawValue)" },
                    ].compactMap { $0 }.joined()
            case .message(.subjob(let id, let number, let text)):
                "subjob \(id) \(number) \(text)"
            case .message(.sample(let sample)): "sample \(sample.id)"
            case .message(.hello): "hello"
            case .message(.draining(let reason)): "draining \(reason)"
            }
        }
    }
}
