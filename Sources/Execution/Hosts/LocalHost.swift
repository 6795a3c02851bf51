import Foundation
import Glibc
import GroundSegment
import Logging
import Payloads
import Synchronization

/// The agent on this machine that runs an SDC's payloads, as its runner speaks with it.
///
/// It outlives the runner and is found again through its socket; one that is gone is replaced.
final class LocalHost: Sendable {
    /// What the host tells its runner.
    enum Notice: Sendable {
        /// It is there and has these attempts, each with the cluster that it is in.
        case ready(has: [String: String?])
        case message(AgentMessage)
        case lost(String)
    }

    private let program: String
    private let home: String
    private let room: Room
    private let lease: Double
    private let logger: Logger
    private let post: @Sendable (Notice) -> Void
    private let connection = Mutex<AgentConnection?>(nil)
    private let isClosed = Mutex(false)

    /// - Parameters:
    ///   - program: path of the program `sdc-payload`.
    ///   - home: folder of the agent's lock, socket and log.
    ///   - post: gets the notices, one after the other, on a thread of the host's own.
    init(
        program: String, home: String, room: Room, lease: Double = 60, logger: Logger,
        post: @escaping @Sendable (Notice) -> Void
    ) {
        self.program = program
        self.home = home
        self.room = room
        self.lease = lease
        self.logger = logger
        self.post = post
    }

    /// Finds the agent or starts one, and listens to it until the host is closed; an agent that
    /// is lost is replaced.
    func open() {
        Thread { [self] in
            while !isClosed.withLock({ $0 }) {
                do {
                    try converse()
                } catch {
                    post(.lost("\(error)"))
                }
                connection.withLock { $0 = nil }
                if !isClosed.withLock({ $0 }) { usleep(Self.pause) }
            }
        }.start()
    }

    /// Microseconds between two tries to have an agent.
    private static let pause: useconds_t = 100_000

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
        try start()
        return try AgentConnection(home: home)
    }

    /// Starts an agent in a session of its own; it can be connected to when this returns.
    private func start() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments =
            [
                "agent", home, "--cores", String(room.cores), "--memory", String(room.memory),
                "--lease", String(lease), "--detach",
            ] + (room.gpus.isEmpty ? [] : ["--gpus", room.gpus.joined(separator: ",")])
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw ExecutionError(.host, "cannot start \(program): \(error)")
        }
        process.waitUntilExit()
        let status = process.terminationStatus
        if status == Self.busy { return }
        guard status == 0 else {
            throw ExecutionError(.host, "\(program) agent \(home): exit status \(status)")
        }
        // The one before it is gone, and this one has nothing yet.
        let leftovers = Leftovers.kill(AttemptMark(home: home))
        if leftovers.killed > 0 {
            logger.warning(
                "what a lost agent left running was ended",
                metadata: ["processes": "\(leftovers.killed)"])
        }
    }

    /// What an agent exits with where another one has its folder.
    private static let busy: Int32 = 75

    /// Tells the agent; where it cannot be told it is asked again when it is there.
    func send(_ messages: [RunnerMessage]) {
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
