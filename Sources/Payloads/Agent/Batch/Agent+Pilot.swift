import Glibc

/// An agent that a batch system has started for its own runner.
extension Agent {
    /// Exit status of a pilot whose runner speaks another version (sysexits.h, EX_PROTOCOL).
    private static let otherVersion: Int32 = 76

    /// Runs what its runner sends, for as long as its orders say, and leaves in the folder how it
    /// ended.
    ///
    /// It listens nowhere but dials its runner, and again whenever the connection is lost: what
    /// runs goes on meanwhile, and what has ended is told later.
    ///
    /// - Parameters:
    ///   - folder: with its orders, on the disk that it shares with its runner.
    ///   - task: the number of the task in its batch job, from 1.
    /// - Returns: the exit status: 0, or 76 where the runner speaks another version.
    /// - Throws: `PayloadError` of code `message` where the orders cannot be understood, and what
    ///   `init` and `run` throw.
    public static func runPilot(folder: String, task: Int) throws(PayloadError) -> Int32 {
        let orders: PilotOrders
        do throws(PayloadError) {
            orders = try PilotOrders(folder: folder)
        } catch {
            guard error.code == .version else { throw error }
            Pilot.note("in \(folder)", error.description)
            try PilotEnd(.version, payloads: 0).write(in: folder, task: task)
            return otherVersion
        }
        let home = try temporaryHome()
        defer { FolderTree.remove(home) }
        var configuration = AgentConfiguration(
            home: home, cores: orders.cores, memory: orders.memory)
        let given = givenGPUs()
        configuration.gpus = given.count >= orders.gpus.count ? given : orders.gpus
        if orders.gpus.isEmpty { configuration.gpus = [] }
        var agent = try Agent(configuration, listensForRunner: false)
        agent.pilot = Pilot(orders, task: task)
        // A name server that does not answer holds up all else (resolv.conf(5)).
        setenv("RES_OPTIONS", "timeout:1 attempts:1", 0)
        _ = try agent.run()
        let reason = agent.pilot?.term.reason ?? .runner
        let payloads = agent.resultCount
        agent.pilot?.note("ends: \(reason.rawValue), after \(payloads) payloads")
        try PilotEnd(reason, payloads: payloads).write(in: folder, task: task)
        return reason == .version ? otherVersion : 0
    }

    /// Whether something is here that runs, waits or is not written yet.
    var isBusy: Bool {
        !(active.isEmpty && waitingTokens.isEmpty && clearing.isEmpty && unwritten.isEmpty)
    }

    /// Does what is due of a pilot: sees whether its time is over, and dials.
    mutating func tendPilot() {
        guard var pilot else { return }
        let now = AgentClock.monotonic
        if let link = pilot.link, link.isGone {
            pilot.link = nil
            pilot.note(
                pilot.dialing.state == .connected
                    ? "the connection to the runner is lost"
                    : "the runner has ended the connection before its welcome")
            _ = pilot.dialing.apply(.lost, at: now, spread: .random(in: 0...1))
        }
        let failures = pilot.dialing.state == .connected ? nil : pilot.dialing.failures
        let action = pilot.term.apply(.tick(isBusy: isBusy, failures: failures), at: now)
        let call = pilot.dialing.apply(.tick, at: now, spread: .random(in: 0...1))
        self.pilot = pilot
        act(action)
        switch call {
        case .dial where !isOver: dial(now)
        case .hangUp:
            self.pilot?.note("the runner has not answered within \(PilotDialing.patience) s")
            self.pilot?.link?.isEnding = true
            self.pilot?.link = nil
        default: break
        }
    }

    private mutating func dial(_ now: Double) {
        guard var pilot else { return }
        defer { self.pilot = pilot }
        do throws(PayloadError) {
            let socket =
                switch try PilotAddress(file: pilot.orders.address) {
                case .tcp(let host, let port):
                    try TCPSocket.dial(host: host, port: port, turn: pilot.dialing.failures)
                case .unix(let path): try UnixSocket.dial(path)
                }
            let link = AgentPeer(socket, isPayload: false)
            link.handshake = PilotHandshake(name: pilot.name, token: pilot.orders.token)
            pilot.link = link
            peers.append(link)
        } catch {
            pilot.note(printable(error.description.utf8))
            _ = pilot.dialing.apply(.lost, at: now, spread: .random(in: 0...1))
        }
    }

    /// Takes a line of the handshake; nothing else is taken before its end.
    mutating func shake(_ line: [UInt8], _ peer: AgentPeer) {
        do throws(PayloadError) {
            switch try peer.handshake?.hear(line) {
            case .say(let line): peer.say(line.encoded)
            case .welcomed:
                peer.handshake = nil
                _ = pilot?.dialing.apply(.welcomed, at: AgentClock.monotonic)
                pilot?.note("connected to its runner")
            case nil: break
            }
        } catch {
            peer.isEnding = true
            pilot?.note(printable(error.description.utf8))
            if error.code == .version {
                act(pilot?.term.apply(.outdated, at: AgentClock.monotonic))
            }
        }
    }

    /// The batch system has said that the job is to end.
    mutating func warn() {
        let now = AgentClock.monotonic
        pilot?.lastWarning = now
        act(pilot?.term.apply(.warned, at: now))
    }

    /// Does what a pilot's term asks for.
    mutating func act(_ action: PilotTerm.Action?) {
        guard let action, let reason = pilot?.term.reason else { return }
        tell(.draining(reason: reason.rawValue))
        switch action {
        case .finish: ending = .draining
        case .drain:
            ending = .draining
            withdrawAll()
        case .end: stop(grace: nil)
        case .kill: stop(grace: 0)
        }
    }

    /// Seconds that a batch system takes at most to tell a job and what runs in it to end.
    private static let moment = 0.2

    /// Whether an attempt that ended of TERM, as it seems, did so because the batch system has told
    /// all processes of the job to end, which it may have heard before the pilot.
    mutating func isEndedWithPilot(_ result: AttemptResult) -> Bool {
        guard pilot != nil, result.exit == .signal(Int(SIGTERM)) || result.exit == .code(143) else {
            return false
        }
        let start = AgentClock.monotonic
        while true {
            takeSignals()
            if let pilot, pilot.lastWarning >= start - 1 { return true }
            let rest = start + Self.moment - AgentClock.monotonic
            guard rest > 0 else { return false }
            var polled = pollfd(fd: signals.number, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, Int32((rest * 1000).rounded(.up)))
        }
    }

    /// Says that nothing more comes, and waits for the runner to have read all of it: what has come
    /// and is not read when a connection is closed takes with it what the other side has not read.
    func sayFarewell() {
        guard let link = pilot?.link, link.handshake == nil, !link.isGone else { return }
        shutdown(link.descriptor.number, Int32(SHUT_WR))
        let end = AgentClock.monotonic + 2
        while !link.isGone {
            let rest = end - AgentClock.monotonic
            guard rest > 0 else { return }
            var polled = pollfd(fd: link.descriptor.number, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, Int32((rest * 1000).rounded(.up)))
            _ = link.lines()
        }
    }
}
