import Glibc

/// What the runner says, and what is said to it.
extension Agent {
    /// What has ended and has no result yet.
    private var between: [ActiveAttempt] { clearing.values.map(\.attempt) + unwritten }

    var hasRunner: Bool { peers.contains { $0.isRunner && !$0.isGone } }

    /// The most connections to either socket; what comes beyond is closed at once.
    private static let mostPeers = 256

    mutating func accept(_ listener: Descriptor, isPayload: Bool) {
        while let descriptor = UnixSocket.accept(listener) {
            guard peers.count(where: { $0.isPayload == isPayload }) < Self.mostPeers else {
                continue
            }
            peers.append(AgentPeer(descriptor, isPayload: isPayload))
        }
    }

    mutating func listen(to peer: AgentPeer) {
        guard !peer.isEnding else { return }
        for line in peer.lines() {
            guard let line else {
                refuse(nil, "a line without an end", to: peer)
                peer.isEnding = true
                return
            }
            if peer.isPayload {
                hear(payload: line, from: peer)
            } else if peer.handshake != nil {
                shake(line, peer)
            } else {
                hear(line, from: peer)
            }
            if peer.isEnding { return }
        }
    }

    private mutating func hear(_ line: [UInt8], from peer: AgentPeer) {
        do throws(PayloadError) {
            let message = try RunnerMessage(line: line)
            if peer.isRunner {
                obey(message, peer)
            } else if case .hello(let version) = message, version == payloadProtocol {
                welcome(peer)
            } else {
                throw PayloadError(.version, "expected the hello of \(payloadProtocol)")
            }
        } catch {
            refuse(nil, printable(error.description.utf8), to: peer)
            peer.isEnding = !peer.isRunner
        }
    }

    private mutating func obey(_ message: RunnerMessage, _ peer: AgentPeer) {
        switch message {
        case .hello: refuse(nil, "said hello twice", to: peer)
        case .start(let order): take(order, peer)
        case .cancel(let id, let grace): cancel(id, grace, peer)
        case .withdraw(let id): withdraw(id, peer)
        case .acknowledge(let id): results[id] = nil
        case .end where pilot != nil:
            act(pilot?.term.apply(.dismissed, at: AgentClock.monotonic))
        case .end: if ending == .none { ending = .draining }
        case .kill where pilot != nil:
            act(pilot?.term.apply(.killed, at: AgentClock.monotonic))
        case .kill: stop(grace: 0)
        }
    }

    /// Greets a runner, in place of an earlier one, with all that it has to know.
    private mutating func welcome(_ peer: AgentPeer) {
        for other in peers where other.isRunner {
            refuse(nil, "another runner has connected", to: other)
            other.isRunner = false
            other.isEnding = true
        }
        peer.isRunner = true
        let kept = results.values.sorted { $0.place < $1.place }
        let running = (active.values + between).sorted { $0.start < $1.start }
        let known =
            kept.map {
                AgentHello.Known(id: $0.result.id, token: $0.result.token, state: .ended)
            }
            + running.map { AgentHello.Known($0.order, .running) }
            + allWaiting.map { AgentHello.Known($0, .waiting) }
        say(
            .hello(
                AgentHello(
                    pid: Int(getpid()), cores: room.cores, memory: room.memory, gpus: room.gpus,
                    isEnclosed: enclosure.isComplete, attempts: known, end: pilot?.end,
                    host: pilot?.host)), to: peer)
        if let reason = pilot?.term.reason { say(.draining(reason: reason.rawValue), to: peer) }
        for attempt in running { tellAll(of: attempt, to: peer) }
        for result in kept { tellAll(of: result, to: peer) }
    }

    private func tellAll(of attempt: ActiveAttempt, to peer: AgentPeer) {
        if attempt.process > 0 { say(attempt.started, to: peer) }
        tell(subjobsOf: attempt.folder, attempt.order.id, to: peer)
    }

    private func tellAll(of result: Kept, to peer: AgentPeer) {
        tell(subjobsOf: AttemptFolder(path: result.folder), result.result.id, to: peer)
        say(.ended(result.result), to: peer)
    }

    private mutating func take(_ order: AttemptOrder, _ peer: AgentPeer) {
        let known =
            waitingTokens[order.id]
            ?? active[order.id]?.order.token ?? results[order.id]?.result.token
            ?? between.first { $0.order.id == order.id }?.order.token
        if let known {
            guard known == order.token else {
                refuse(order.id, "is here with the token \(known)", to: peer)
                return
            }
            if let attempt = active[order.id] { tellAll(of: attempt, to: peer) }
            if let result = results[order.id] { tellAll(of: result, to: peer) }
        } else if ending != .none {
            refuse(order.id, "the agent ends", to: peer)
        } else if let defect = order.defect {
            refuse(order.id, printable(defect.utf8), to: peer)
        } else if let shortfall = room.shortfall(order.need) {
            refuse(order.id, shortfall.description, to: peer)
        } else {
            line(order)
        }
    }

    private mutating func cancel(_ id: String, _ grace: Double?, _ peer: AgentPeer) {
        if let attempt = active[id] {
            act(
                attempt.life.apply(.end(.cancelled, grace: grace), at: AgentClock.monotonic),
                on: attempt)
        } else {
            withdraw(id, peer)
        }
    }

    private mutating func withdraw(_ id: String, _ peer: AgentPeer) {
        if waitingTokens[id] != nil {
            drop(id)
            say(.withdrawn(id: id), to: peer)
        } else if let attempt = active[id] {
            tellAll(of: attempt, to: peer)
        } else if let result = results[id] {
            tellAll(of: result, to: peer)
        } else {
            refuse(id, "is not known", to: peer)
        }
    }

    /// Ends everything; without a grace, each with its own.
    mutating func stop(grace: Double?) {
        ending = .stopping
        withdrawAll()
        let now = AgentClock.monotonic
        for attempt in active.values {
            // The batch system does not wait for a pilot.
            let own = pilot.map { _ in min(attempt.order.limits.grace, PilotTerm.grace) }
            let event: AttemptLife.Event =
                grace == 0 ? .kill(.agentEnded) : .end(.agentEnded, grace: grace ?? own)
            act(attempt.life.apply(event, at: now), on: attempt)
        }
    }

    /// Gives everything back that has not begun.
    mutating func withdrawAll() {
        for order in allWaiting { tell(.withdrawn(id: order.id)) }
        (waiting, turns, followers, waitingTokens) = ([], [], [:], [:])
    }

    // MARK: Saying

    /// Says something to the runner, where there is one.
    func tell(_ message: AgentMessage) {
        for peer in peers where peer.isRunner { say(message, to: peer) }
    }

    func say(_ message: AgentMessage, to peer: AgentPeer) {
        peer.say(message.encoded())
    }

    func refuse(_ id: String?, _ reason: String, to peer: AgentPeer) {
        say(.refused(id: id.map { printable($0.utf8, limit: 1024) }, reason: reason), to: peer)
    }

    mutating func dropPeers() {
        let hadRunner = peers.contains { $0.isRunner }
        peers.removeAll { $0.isGone || ($0.isEnding && $0.waiting == 0) }
        if hadRunner { lastRunner = AgentClock.monotonic }
    }

    /// Gives what has been said a second to be read before the agent ends.
    func sayRest() {
        let end = AgentClock.monotonic + 1
        while AgentClock.monotonic < end {
            for peer in peers { peer.flush() }
            let busy = peers.filter { $0.waiting > 0 && !$0.isGone }
            guard !busy.isEmpty else { return }
            var polled = busy.map {
                pollfd(fd: $0.descriptor.number, events: Int16(POLLOUT), revents: 0)
            }
            poll(&polled, nfds_t(polled.count), 100)
        }
    }
}

extension AgentHello.Known {
    fileprivate init(_ order: AttemptOrder, _ state: State) {
        self.init(id: order.id, token: order.token, state: state, cluster: order.cluster)
    }
}
