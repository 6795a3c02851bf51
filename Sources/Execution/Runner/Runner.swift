import Foundation
import GroundSegment
public import Logging

/// An SDC's runner: takes the SDC's orders, brings their inputs, runs their pipelines' steps
/// within the slots, keeps and replicates the outputs, and reports.
///
/// It may be killed at any moment: every change is in its store before it acts on it, and a
/// runner started on the same state goes on where the last one was.
public actor Runner {
    let configuration: RunnerConfiguration
    let source: any OrderSource
    let library: PipelineLibrary
    let batch: LocalBatch
    let store: RunStore
    let logger: Logger

    var runs: [ID<Run>: Run] = [:]
    var dispatcher: Dispatcher
    var toStage: [ID<Run>] = []
    var staging: ID<Run>?
    /// Runs whose inputs are only at SDCs in a full outage.
    var parked: Set<ID<Run>> = []
    var hasIdleCopies = false
    var isSending = false
    var hasMoreToSend = false
    var isDraining = false
    var sourceFailures = 0
    var outcome = RunnerOutcome()

    private let events: AsyncStream<RunnerEvent>
    nonisolated let send: AsyncStream<RunnerEvent>.Continuation
    private let jobs: AsyncStream<@Sendable () async -> Void>
    let start: AsyncStream<@Sendable () async -> Void>.Continuation
    private let stateLock: FileLock
    private let storageLock: FileLock

    /// Consecutive failures of the source after which a runner that is to end when idle gives up.
    private static let patience = 12

    /// A runner on its site, which no other runner may serve at the same time.
    ///
    /// - Throws: `ExecutionError` of code `busy` where one does.
    public init(
        configuration: RunnerConfiguration, source: any OrderSource, library: PipelineLibrary,
        batch: LocalBatch, logger: Logger
    ) throws {
        self.configuration = configuration
        self.source = source
        self.library = library
        self.batch = batch
        var logger = logger
        logger[metadataKey: "sdc"] = "\(configuration.sdc)"
        self.logger = logger
        dispatcher = Dispatcher(slots: configuration.slots)
        try FileTree.makeFolder(configuration.home)
        try FileTree.makeFolder(configuration.storage.folder(of: configuration.sdc))
        let purpose = "another runner serves \(configuration.sdc)"
        stateLock = try FileLock("\(configuration.home)/lock", purpose: purpose)
        storageLock = try FileLock(configuration.storage.lockPath, purpose: purpose)
        store = try RunStore(
            path: RunStore.path(state: configuration.state, sdc: configuration.sdc))
        (events, send) = AsyncStream.makeStream()
        (jobs, start) = AsyncStream.makeStream()
    }

    /// Asks the runner to finish what is under way, to take nothing more and to end.
    public nonisolated func drain() { send.yield(.drain) }

    /// Serves until it is drained or, where it is told to, until nothing that is due remains.
    public func run() async throws -> RunnerOutcome {
        try await recover()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [jobs] in
                await withDiscardingTaskGroup { tasks in
                    for await job in jobs { tasks.addTask(operation: job) }
                }
            }
            group.addTask { [source, send] in
                guard let wakeUps = try? await source.wakeUps() else { return }
                for await _ in wakeUps { send.yield(.wake) }
            }
            group.addTask { [configuration, send] in
                while !Task.isCancelled {
                    send.yield(.wake)
                    try await Task.sleep(for: configuration.pollInterval)
                }
            }
            defer {
                start.finish()
                group.cancelAll()
            }
            for await event in events {
                try await handle(event)
                if try await isDone() { break }
            }
            outcome.unfinished = runs.count
            outcome.awaitingOutage = parked.count
            return outcome
        }
    }

    /// The order source did not answer: the runner goes on with what it has.
    func sourceFailed(_ error: any Error) throws {
        sourceFailures += 1
        logger.warning("the orders' source does not answer", metadata: ["cause": "\(error)"])
        if configuration.endsWhenIdle && sourceFailures >= Self.patience {
            throw ExecutionError(.orderSource, "\(error)")
        }
    }

    /// Whether there is nothing more to do for this start.
    private func isDone() async throws -> Bool {
        guard !isSending, staging == nil else { return false }
        if isDraining { return runs.values.allSatisfy { $0.state == .pending } }
        guard configuration.endsWhenIdle, runs.keys.allSatisfy(parked.contains) else {
            return false
        }
        guard sourceFailures == 0 else { return false }
        do {
            let outstanding = try await source.outstanding(clock: configuration.clock.now)
            outcome.blocked = outstanding.blocked
            return outstanding.waiting == 0
        } catch {
            try sourceFailed(error)
            return false
        }
    }
}
