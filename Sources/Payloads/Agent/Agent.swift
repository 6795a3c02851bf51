import CProcess
import Glibc

/// Runs attempts on this host: one process, one loop, nothing in it waits but the loop itself.
///
/// It listens on two sockets in its folder, one for its runner and one for its payloads, and
/// outlives its runner: results stay until a runner has acknowledged them.
public struct Agent {
    let configuration: AgentConfiguration
    /// Its folder's path without links, which is in the environment of its payloads.
    let home: String
    let lock: Descriptor
    /// A pilot has none for a runner.
    let listeners: (runner: Descriptor?, payload: Descriptor)
    let signals: Descriptor
    let nothing: Descriptor
    /// `NAME=value` by name.
    let environment: [String: String]
    /// Path of this program, by which a payload speaks to the agent; `nil` where it is not known.
    let program = Agent.ownProgram()
    var enclosure: Enclosure

    var room: Room
    /// What waits for room, in order of arrival.
    var waiting: [AttemptOrder] = []
    /// What waits for others of its cluster, by the cluster's name: there is an entry while one of
    /// them has room or waits for it.
    var followers: [String: ArraySlice<AttemptOrder>] = [:]
    /// What follows others of its cluster now, ahead of all that waits.
    var turns: [AttemptOrder] = []
    /// The tokens of what waits, by id.
    var waitingTokens: [String: UInt64] = [:]
    var active: [String: ActiveAttempt] = [:]
    var byProcess: [pid_t: ActiveAttempt] = [:]
    var orphans = Orphans()
    /// Made when the first attempt needs one; `nil` where they are not allowed.
    var controlGroups: ControlGroups?
    var mayLimitByGroup: Bool
    var temporaryFolders: TemporaryFolders
    /// Processes that remove the temporary folder of an attempt which has ended.
    var clearing: [pid_t: (attempt: ActiveAttempt, result: AttemptResult)] = [:]
    /// What has ended and is not acknowledged, and in which order it did.
    var results: [String: Kept] = [:]
    var resultCount = 0
    /// Results that could not be written yet, as on a full disk.
    var unwritten: [ActiveAttempt] = []

    var peers: [AgentPeer] = []
    /// When the last runner was there.
    var lastRunner: Double
    var ending = Ending.none
    /// Whether it is a batch job: it has its orders from a file, and no runner.
    var isJob = false
    /// What it is besides where it has dialed its runner instead.
    var pilot: Pilot?
    var nextWatch: Double?
    var nextSample: Double
    var nextWriting: Double?

    /// A result that is kept for the runner.
    struct Kept {
        let place: Int
        let result: AttemptResult
        /// The attempt's.
        let folder: String
    }

    enum Ending {
        case none
        /// Nothing more is taken.
        case draining
        /// Everything is being ended.
        case stopping
    }

    /// Takes the folder and begins to listen.
    ///
    /// - Throws: `PayloadError` of code `busy` where another agent has the folder, of code
    ///   `configuration`, `file` or `connection` where the agent cannot work.
    public init(_ configuration: AgentConfiguration) throws(PayloadError) {
        try self.init(configuration, listensForRunner: true)
    }

    /// - Parameter listensForRunner: whether a runner may connect.
    init(_ configuration: AgentConfiguration, listensForRunner: Bool) throws(PayloadError) {
        try configuration.validate()
        self.configuration = configuration
        cprocess_close_on_exec()
        cprocess_raise_descriptors()
        try FolderTree.make(configuration.home, mode: 0o700)
        home = AgentHome.resolved(configuration.home)
        let folder = try Descriptor(home, O_RDONLY | O_DIRECTORY)
        lock = try Descriptor("\(home)/\(AgentHome.lock)", O_RDWR | O_CREAT, mode: 0o600)
        guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else {
            throw PayloadError(.busy, "another agent has \(home)")
        }
        setsid()
        ftruncate(lock.number, 0)
        if let number = lock.write(Array("\(getpid())\n".utf8)) {
            throw PayloadError(.file, "cannot write in \(home)", errno: number)
        }
        signals = Descriptor(owning: cprocess_signals())
        guard signals.number >= 0 else {
            throw PayloadError(.configuration, "cannot wait for signals", errno: errno)
        }
        nothing = try Descriptor("/dev/null", O_RDONLY)
        environment = Self.ownEnvironment()
        enclosure = try Enclosure(asNamespace: configuration.usesNamespace)
        mayLimitByGroup = configuration.usesControlGroups
        if mayLimitByGroup { ControlGroups.removeAll(home: home) }
        temporaryFolders = TemporaryFolders(home: home)
        listeners = (
            listensForRunner ? try UnixSocket.listen(AgentHome.runnerSocket, in: folder) : nil,
            try UnixSocket.listen(AgentHome.payloadSocket, in: folder)
        )
        room = Room(
            cores: configuration.cores, memory: configuration.memory, gpus: configuration.gpus)
        lastRunner = AgentClock.monotonic
        nextSample = lastRunner + configuration.sample
    }

    private static func ownEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let name = text.split(separator: "=", maxSplits: 1).first {
                result[String(name)] = text
            }
            next += 1
        }
        return result
    }

    private static func ownProgram() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        guard length > 0, length < buffer.count else { return nil }
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Works until there is nothing to do any more.
    ///
    /// - Returns: the exit status: 0.
    public mutating func run() throws(PayloadError) -> Int32 {
        while !isOver {
            planWatch()
            let ready = wait()
            takeSignals()
            tick()
            if ready[0], let runner = listeners.runner { accept(runner, isPayload: false) }
            if ready[1] { accept(listeners.payload, isPayload: true) }
            for peer in peers { listen(to: peer) }
            startWaiting()
            for peer in peers { peer.flush() }
            dropPeers()
            tendPilot()
        }
        sayRest()
        sayFarewell()
        controlGroups?.remove()
        temporaryFolders.remove()
        return 0
    }

    /// Waits for the next event, or for the time at which something is due; tells which of the
    /// listeners has a connection.
    private func wait() -> [Bool] {
        // What is not there is -1, which poll(2) leaves out.
        var polled = [signals, listeners.runner, listeners.payload].map {
            pollfd(fd: $0?.number ?? -1, events: Int16(POLLIN), revents: 0)
        }
        polled += peers.map { pollfd(fd: $0.descriptor.number, events: $0.interest, revents: 0) }
        let delay = max(0, due - AgentClock.monotonic)
        let milliseconds = Int32(min(delay * 1000, 60_000).rounded(.up))
        let count = polled.count
        _ = polled.withUnsafeMutableBufferPointer {
            poll($0.baseAddress, nfds_t(count), milliseconds)
        }
        return polled[1...2].map { $0.revents != 0 }
    }

    /// When the next thing is due that nothing announces.
    private var due: Double {
        var times = active.values.compactMap { $0.life.due }
        if let nextWatch { times.append(nextWatch) }
        if let nextWriting { times.append(nextWriting) }
        if let pilot {
            times.append(pilot.term.due(isBusy: isBusy))
            if let time = pilot.dialing.due { times.append(time) }
        } else if active.isEmpty, !hasRunner {
            times.append(lastRunner + lease)
        }
        return times.min() ?? .infinity
    }

    private mutating func tick() {
        let now = AgentClock.monotonic
        for attempt in active.values where (attempt.life.due ?? .infinity) <= now {
            act(attempt.life.apply(.tick, at: now), on: attempt)
        }
        if let time = nextWriting, now >= time { writeAgain(now) }
        if let time = nextWatch, now >= time { watch(now) }
    }

    /// Looks come at equal times while something runs.
    private mutating func planWatch() {
        let period = min(configuration.watch, configuration.sample)
        nextWatch = active.isEmpty ? nil : nextWatch ?? AgentClock.monotonic + period
    }

    /// Does what an attempt's life asks for.
    mutating func act(_ action: AttemptLife.Action?, on attempt: ActiveAttempt) {
        switch action {
        case .start: start(attempt)
        case .terminate:
            kill(-attempt.process, SIGTERM)
            kill(-attempt.process, SIGCONT)
        case .kill: killTree(of: attempt)
        case .sweep: sweep(attempt)
        case .giveUp:
            attempt.message = "cannot start \(attempt.order.program): \(systemWord(ETXTBSY))"
            act(attempt.life.apply(.notStarted, at: AgentClock.monotonic), on: attempt)
        case .finish: finish(attempt)
        case nil: break
        }
    }

    mutating func takeSignals() {
        while true {
            let number = cprocess_next_signal(signals.number)
            switch number {
            case SIGCHLD: reap()
            case SIGTERM, SIGINT:
                if pilot != nil { warn() } else { stop(grace: ending == .stopping ? 0 : nil) }
            default: return
            }
        }
    }

    /// Seconds that it stays without a runner.
    private var lease: Double { configuration.lease * (results.isEmpty ? 1 : 10) }

    /// Whether the agent has done all that it is there for.
    var isOver: Bool {
        guard active.isEmpty, unwritten.isEmpty, clearing.isEmpty else { return false }
        switch ending {
        case .stopping: return true
        case .draining:
            return waitingTokens.isEmpty && (pilot != nil || results.isEmpty || !hasRunner)
        case .none:
            return pilot == nil && waitingTokens.isEmpty && !hasRunner
                && AgentClock.monotonic >= lastRunner + lease
        }
    }
}
