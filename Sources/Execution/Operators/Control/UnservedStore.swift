import Files
import Foundation
import GroundSegment
import Logging
import Payloads

/// The store of an SDC that no runner serves now, to which commands are applied.
///
/// What they change holds at once; what has to be done for it is done by the next runner, which
/// finds it there.
actor UnservedStore {
    private let configuration: RunnerConfiguration
    private let store: RunStore
    private let lock: FileLock
    private var state: RunnerState

    /// - Throws: `ExecutionError` of code `busy` where a runner serves the SDC, or another
    ///   operator is at it.
    init(_ configuration: RunnerConfiguration) async throws {
        var configuration = configuration
        // Whether something fits that is in line is for the runner to say.
        configuration.room = Room(cores: 1 << 30, memory: 1 << 40, gpus: [])
        self.configuration = configuration
        try StoredFiles.makeFolder(configuration.home)
        lock = try FileLock.taken(
            "\(configuration.home)/lock", purpose: "the runner of \(configuration.sdc) is not free")
        store = try RunStore(
            path: RunStore.path(state: configuration.state, sdc: configuration.sdc))
        state = RunnerState(
            configuration: configuration, lastToken: try await store.lastToken(),
            logger: Logger(label: "sdc-runner") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Applies what was given before, and then this.
    func apply(_ request: ControlRequest) async throws -> CommandAnswer {
        guard let command = request.command else {
            return CommandAnswer(.badInput, "not a command")
        }
        let sequence = try await store.give(
            command, request: request.request, by: request.by, at: configuration.wallClock())
        let last = try await store.room().map { room in
            var last = configuration
            last.room = room
            return last
        }
        let inbox = Inbox(store: store, faults: { [last] in last?.faults($0, $1) ?? [] })
        while true {
            let now = configuration.wallClock()
            let (last, runs) = (state.lastCommand, state)
            guard
                let given = try await inbox.next(
                    after: last, at: now, isHere: { runs.number(ofRun: $0) != nil })
            else { break }
            try state.carryOut(given, at: now)
            let (changes, effects) = state.take()
            try await store.commit(changes, known: [])
            tellAgent(effects)
            if effects.contains(where: { if case .sweepRemoved = $0 { true } else { false } }) {
                try await sweepRemoved()
            }
        }
        guard let answer = try await store.answer(to: sequence) else {
            throw ExecutionError(.store, "command \(sequence) was not applied")
        }
        return answer
    }

    /// The files of a removed run go at once; where they cannot, the next runner removes them.
    private func sweepRemoved() async throws {
        let known = KnownFiles(try await store.knownFiles())
        let files = RemovedRunFiles(
            configuration: configuration, store: store, known: known,
            work: BlockingThreads(most: 1))
        do { try await files.sweep() } catch let error as ExecutionError
            where error.code == .storage
        { return }
        try await store.commit(StoreChanges(), known: known.takeFresh())
    }

    /// What runs on without a runner is ended at once where its agent can be reached; its result
    /// is for the next runner.
    private func tellAgent(_ effects: [RunnerEffect]) {
        let messages = effects.compactMap { effect -> RunnerMessage? in
            switch effect {
            // Nobody hears here that it has begun meanwhile: it is ended either way.
            case .send(.withdraw(let id), .here): .cancel(id: id, grace: nil)
            case .send(let message, .here): message
            default: nil
            }
        }
        guard !messages.isEmpty,
            let link = try? AgentConnection(home: configuration.agentHome)
        else { return }
        try? link.send(messages)
        link.close()
    }
}
