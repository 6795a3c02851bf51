import Files
import Foundation
import GroundSegment
public import Logging
import Payloads
import Workflows

/// An SDC's runner: takes the SDC's orders, brings their inputs, has their payloads run within
/// the room that there is, keeps and replicates the outputs, and reports.
///
/// What it decides is in `RunnerState`. This actor feeds it: the events that have come are
/// handled together, what they change is written in one transaction, and only then is done what
/// they ask for. It may be killed at any moment: a runner started on the same state goes on where
/// the last one was.
public actor Runner {
    let configuration: RunnerConfiguration
    let source: any OrderSource
    let library: PipelineLibrary
    let holds: OutageHolds
    let store: RunStore
    let known: KnownFiles
    let transports: Transports
    let logger: Logger
    var state: RunnerState

    let agentProgram: String
    nonisolated let events = Mailbox<RunnerEvent>()
    let preparing = BlockingThreads(most: 2)
    let examining = BlockingThreads(most: 2)
    let copying = BlockingThreads(most: 2)
    /// Those who wait for what becomes of a command, by its number.
    var replies: [Int64: [Reply<CommandAnswer>]] = [:]
    private var steady = SteadyTime()
    private let stateLock: FileLock
    private let storageLock: FileLock

    /// A runner on its site, which no other runner may serve at the same time.
    ///
    /// - Parameter agent: path of the program `sdc-payload`.
    /// - Throws: `ExecutionError` of code `busy` where one does.
    public init(
        configuration: RunnerConfiguration, source: any OrderSource, library: PipelineLibrary,
        agent: String, logger: Logger
    ) async throws {
        self.configuration = configuration
        self.source = source
        self.library = library
        holds = OutageHolds(
            outages: configuration.outages,
            walltimes: library.pipelines.mapValues { $0.graph.walltime })
        agentProgram = agent
        var logger = logger
        logger[metadataKey: "sdc"] = "\(configuration.sdc)"
        self.logger = logger
        try StoredFiles.makeFolder(configuration.home)
        try StoredFiles.makeFolder(configuration.storage.folder(of: configuration.sdc))
        let purpose = "another runner serves \(configuration.sdc)"
        storageLock = try FileLock.taken(configuration.storage.lockPath, purpose: purpose)
        stateLock = try await FileLock.taken(
            "\(configuration.home)/lock", purpose: purpose, patience: Self.patience)
        store = try RunStore(
            path: RunStore.path(state: configuration.state, sdc: configuration.sdc))
        try await store.save(configuration.room)
        known = KnownFiles(try await store.knownFiles())
        transports = Transports(configuration, known: known)
        state = RunnerState(
            configuration: configuration, lastToken: try await store.lastToken(), logger: logger)
    }

    /// How long an operator who is at the store is waited for.
    private static let patience = Duration.seconds(30)

    /// Asks the runner to finish what is under way, to take nothing more and to end.
    public nonisolated func drain() { events.post(.drain) }

    /// Serves until it is drained or, where it is told to, until nothing that is due remains.
    ///
    /// - Parameters:
    ///   - whenReady: called once orders and commands are taken.
    ///   - whenTurned: called each time that all events which had come are dealt with: at least
    ///     once in each poll interval, and not while the runner hangs.
    public func run(
        whenReady: @Sendable () -> Void = {}, whenTurned: @Sendable () -> Void = {}
    ) async throws -> RunnerOutcome {
        try await recover()
        let events = events
        let host = host()
        let control = try openControl(of: host as? PilotHost)
        defer { control.close() }
        host.open()
        whenReady()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [source] in
                guard let wakeUps = try? await source.wakeUps() else { return }
                for await _ in wakeUps { events.post(.wake) }
            }
            group.addTask { [configuration] in
                while !Task.isCancelled {
                    events.post(.wake)
                    try await Task.sleep(for: configuration.pollInterval)
                }
            }
            defer { group.cancelAll() }
            do {
                try await serve(host, whenTurned)
            } catch {
                host.close(endingAgent: false)
                await source.signOff()
                throw error
            }
            // Pilots that wait in a queue are not given up while there is work for them.
            host.close(
                endingAgent: state.underWay.isEmpty
                    && (state.runs.isEmpty || !configuration.hasManyHosts))
            // What is to be removed is gone when the runner is.
            await copying.finish()
            await source.signOff()
            state.outcome.unfinished = state.runs.count
            state.outcome.awaitingOutage = state.parked.count
            state.outcome.awaitingStorage = state.runs.keys.count(where: state.isAwaitingStorage)
            return state.outcome
        }
    }

    /// Where the payloads run: at the site's batch system, on pilots or as its jobs, or on this
    /// machine.
    private func host() -> any PayloadHost {
        let post: @Sendable (HostNotice) -> Void = { [events] in events.post(.host(.here, $0)) }
        guard let site = configuration.batch else {
            return LocalHost(
                program: agentProgram, home: configuration.agentHome, room: configuration.room,
                logger: logger, post: post)
        }
        guard !configuration.hasManyHosts else {
            return PilotHost(
                site: site, program: agentProgram, home: configuration.pilotHome,
                folder: configuration.pilotFolder, expected: Set(state.hosts.keys), logger: logger,
                post: { [events] in events.post(.host($0, $1)) },
                ask: { [events] in events.post(.demanded($0)) })
        }
        return BatchHost(
            site: site, program: agentProgram, home: configuration.batchHome,
            folder: configuration.batchFolder, logger: logger, post: post)
    }

    private func serve(
        _ host: any PayloadHost, _ whenTurned: @Sendable () -> Void
    ) async throws {
        try await settle(host)
        while true {
            let batch = await events.next()
            let now = steady.time(configuration.wallClock())
            for event in batch { try state.handle(event, at: now) }
            try await settle(host)
            state.considerEnd()
            try await settle(host)
            whenTurned()
            if state.isDone { return }
            armTimer(now)
        }
    }

    /// Writes what has changed and then does what it leads to, until nothing follows at once.
    private func settle(_ host: any PayloadHost) async throws {
        while true {
            let (changes, effects) = state.take()
            if changes.isEmpty && effects.isEmpty { return }
            try await store.commit(changes, known: known.takeFresh())
            var messages: [HostID: [RunnerMessage]] = [:]
            for effect in effects {
                switch effect {
                case .send(let message, let receiver):
                    messages[receiver, default: []].append(message)
                case .callHosts: host.call()
                default: try await perform(effect)
                }
            }
            for (receiver, messages) in messages { host.send(messages, to: receiver) }
        }
    }

    /// When the state is next looked at though nothing happened, so that a payload which waits
    /// for its time is not forgotten.
    private var timer: MJD?

    private func armTimer(_ now: MJD) {
        guard let next = [state.queue.nextTime, state.waits.nextTime].compactMap({ $0 }).min(),
            next != timer
        else { return }
        timer = next
        let seconds = max(0, (next - now) * 86400) + 0.001
        Task { [events] in
            try await Task.sleep(for: .seconds(min(seconds, 3600)))
            events.post(.wake)
        }
    }
}
