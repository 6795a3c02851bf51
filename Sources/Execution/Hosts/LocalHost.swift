import Foundation
import Glibc
import GroundSegment
import Logging
import Payloads
import Synchronization

/// The agent on this machine that runs an SDC's payloads, as its runner speaks with it.
///
/// It outlives the runner and is found again through its socket; one that is gone is replaced.
final class LocalHost: PayloadHost {
    private let program: String
    private let home: String
    private let room: Room
    private let lease: Double
    private let patience: Double
    private let logger: Logger
    private let post: @Sendable (HostNotice) -> Void
    private let connection = Mutex<AgentConnection?>(nil)
    private let isClosed = Mutex(false)

    /// - Parameters:
    ///   - program: path of the program `sdc-payload`.
    ///   - home: folder of the agent's lock, socket and log.
    ///   - patience: seconds that the program has to start an agent.
    ///   - post: gets the notices, one after the other, on a thread of the host's own.
    init(
        program: String, home: String, room: Room, lease: Double = 60, patience: Double = 20,
        logger: Logger, post: @escaping @Sendable (HostNotice) -> Void
    ) {
        self.program = program
        self.home = home
        self.room = room
        self.lease = lease
        self.patience = patience
        self.logger = logger
        self.post = post
    }

    /// Finds the agent or starts one, and listens to it until the host is closed; an agent that
    /// is lost is replaced.
    func open() {
        Thread { [self] in
            var pause = Self.firstPause
            while !isClosed.withLock({ $0 }) {
                do {
                    try converse()
                    pause = Self.firstPause
                } catch let error as ExecutionError where error.code == .host {
                    post(.absent(error.message))
                    pause = min(2 * pause, Self.lastPause)
                } catch {
                    post(.lost("\(error)"))
                    pause = Self.firstPause
                }
                connection.withLock { $0 = nil }
                if !isClosed.withLock({ $0 }) { usleep(pause) }
            }
        }.start()
    }

    /// Microseconds between two tries to have an agent: at first, and where its program does not
    /// start one again and again.
    private static let (firstPause, lastPause): (useconds_t, useconds_t) = (100_000, 5_000_000)

    private func converse() throws {
        let link = try connect()
        connection.withLock { $0 = link }
        post(
            .ready(
                has: Dictionary(
                    link.hello.attempts.map { ($0.id, $0.cluster) },
                    uniquingKeysWith: { first, _ in first })))
        while let message = try next(link) { post(.message(message)) }
        if !isClosed.withLock({ $0 }) { post(.lost("the agent ended the connection")) }
    }

    /// The next message that is one; `nil` where the connection has ended.
    private func next(_ link: AgentConnection) throws -> AgentMessage? {
        while true {
            do {
                return try link.nextMessage()
            } catch {
                guard error.code == .message else { throw error }
                logger.error("the agent said what is no message", metadata: ["cause": "\(error)"])
            }
        }
    }

    private func connect() throws -> AgentConnection {
        if let link = try? AgentConnection(home: home) { return link }
        try StoredFiles.makeFolder(home)
        guard try start() else { return try AgentConnection(home: home) }
        do {
            return try AgentConnection(home: home)
        } catch {
            throw absence("\(error)")
        }
    }

    /// Starts an agent in a session of its own; it can be connected to when this returns.
    ///
    /// - Returns: whether it was started; another one has the folder where it was not.
    /// - Throws: `ExecutionError` of code `host`.
    private func start() throws -> Bool {
        let words =
            [
                program, "agent", home, "--cores", String(room.cores), "--memory",
                String(room.memory), "--lease", String(lease), "--detach",
            ] + (room.gpus.isEmpty ? [] : ["--gpus", room.gpus.joined(separator: ",")])
        let end: OutsideProgram.End?
        do {
            end = try OutsideProgram(words).end(within: patience)
        } catch {
            throw absence((error as? ExecutionError)?.message ?? "\(error)")
        }
        guard let end else { throw absence("no answer within \(patience) s") }
        if end.status == Self.busy { return false }
        guard end.status == 0 else {
            let text = end.text.trimmingCharacters(in: .whitespacesAndNewlines)
            throw absence("exit status \(end.status) \(printable(text.utf8))")
        }
        // The one before it is gone, and this one has nothing yet.
        let leftovers = Leftovers.kill(AttemptMark(home: home))
        if leftovers.killed > 0 {
            logger.warning(
                "what a lost agent left running was ended",
                metadata: ["processes": "\(leftovers.killed)"])
        }
        return true
    }

    private func absence(_ reason: String) -> ExecutionError {
        ExecutionError(.host, "the agent program \(program) did not start: \(reason)")
    }

    /// What an agent exits with where another one has its folder.
    private static let busy: Int32 = 75

    /// Tells the agent; where it cannot be told it is asked again when it is there.
    func send(_ messages: [RunnerMessage], to host: HostID) {
        let link = connection.withLock { $0 }
        do {
            try link?.send(messages)
        } catch {
            link?.close()
        }
    }

    /// Ends the conversation; the agent goes on with what it has, and ends when it has nothing.
    func close(endingAgent: Bool) {
        isClosed.withLock { $0 = true }
        let link = connection.withLock { $0 }
        if endingAgent { try? link?.send(.end) }
        link?.close()
    }
}
