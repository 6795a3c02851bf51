import Glibc

/// Attempts that run as a job of a batch system, without a runner.
extension Agent {
    /// Seconds that an attempt which has failed waits for word that the whole job is to end.
    private static let moment = 1.0

    /// Runs attempts one after the other, and ends when their results are written.
    ///
    /// All is as with a runner: the handshake through the attempts' folders, the limits, what is
    /// left running is killed.  TERM ends what runs, with the cause `agentEnded`; an attempt that
    /// is revoked while it runs is cancelled.  One that has begun before is not begun again: a
    /// batch system whose controller was killed may start a job a second time.
    ///
    /// - Returns: the exit status: 0 when each has its result, 75 where one was not begun, as one
    ///   that was revoked.
    /// - Throws: what `init` and `run` throw.
    public static func run(_ orders: JobOrders) throws(PayloadError) -> Int32 {
        let home = try temporaryHome()
        defer { FolderTree.remove(home) }
        let needs = orders.orders.map(\.need)
        var configuration = AgentConfiguration(
            home: home, cores: max(1, needs.map(\.cores).max() ?? 1),
            memory: max(1, needs.map(\.memory).max() ?? 1))
        configuration.gpus = gpus(needs.map(\.gpus).max() ?? 0)
        var agent = try Agent(configuration)
        agent.isJob = true
        agent.ending = .draining
        for var order in orders.orders {
            if let defect = order.defect { throw PayloadError(.message, "\(order.id): \(defect)") }
            if AttemptFolder(path: order.folder).hasBegun { continue }
            order.cluster = home
            agent.line(order)
        }
        agent.startWaiting()
        let status = try agent.run()
        guard status == 0 else { return status }
        return agent.results.count == orders.orders.count ? 0 : 75
    }

    /// A folder of its own on this machine: sockets do not work on every shared disk.
    static func temporaryHome() throws(PayloadError) -> String {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let base = folder.utf8.starts(with: "/".utf8) ? folder : "/tmp"
        var template = Array("\(base)/sgs-payload-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PayloadError(.file, "cannot make a folder in \(base)", errno: errno)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The graphics processors that the batch system has given, by their names.
    private static func gpus(_ count: Int) -> [String] {
        guard count > 0 else { return [] }
        let names = givenGPUs()
        return names.count >= count ? names : (0..<count).map(String.init)
    }

    /// Those that the environment names.
    static func givenGPUs() -> [String] {
        let given = getenv("CUDA_VISIBLE_DEVICES").map { String(cString: $0) } ?? ""
        var names: [String] = []
        for name in given.split(separator: ",").map(String.init) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// Whether the job is told to end, now or in a moment: a batch system tells all processes of a
    /// job at once, and the attempt may end of it before this process has heard it.
    mutating func isToldToEnd() -> Bool {
        let end = AgentClock.monotonic + Self.moment
        while true {
            takeSignals()
            if ending == .stopping { return true }
            let rest = end - AgentClock.monotonic
            guard rest > 0 else { return false }
            var polled = pollfd(fd: signals.number, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, Int32((rest * 1000).rounded(.up)))
        }
    }
}

extension AttemptResult {
    /// Whether it ended badly by itself, as far as is known.
    var isUnexplained: Bool {
        guard ended == nil, outOfMemory == nil else { return false }
        return switch exit {
        case .code(let code): code != 0
        case .signal: true
        case .notStarted: false
        }
    }
}
