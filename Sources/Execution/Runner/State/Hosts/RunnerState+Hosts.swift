import GroundSegment
import HeapModule
import Logging
import Payloads

/// The hosts that there are.
extension RunnerState {
    mutating func handle(_ notice: HostNotice, of host: HostID, at now: MJD) throws {
        switch notice {
        case .message(.draining(let reason)): drain(host, reason)
        case .message(let message): try handle(message, of: host, at: now)
        case .offers(let offer):
            hosts[host, default: HostState()].take(offer)
            orderHosts()
        case .ready(let has): ready(host, has, at: now)
        case .lost(let message):
            hosts[host]?.isReady = false
            orderHosts()
            logger.warning(
                "the host was lost", metadata: ["host": "\(host)", "cause": "\(message)"])
        case .draining(let reason): drain(host, reason)
        case .gone(let reason): gone(host, reason)
        case .absent(let message):
            if absence.message != message {
                logger.error("there is no host", metadata: ["cause": "\(message)"])
            }
            hosts[host]?.isReady = false
            orderHosts()
            absence.fail(message)
        }
    }

    /// A host is there; what it does not have any more is looked for.
    private mutating func ready(_ host: HostID, _ has: [String: String?], at now: MJD) {
        hosts[host, default: HostState()].isReady = true
        absence.end()
        orderHosts()
        rejoin(has, on: host, at: now)
        for (id, attempt) in underWay
        where attempt.host == host && attempt.isSent && !attempt.hasEnded {
            if has[id] == nil {
                effects.append(.find(attempt.key, attempt.plan, on: host))
            } else if let life = runs[attempt.key.run]?.life,
                life.isToStop(attempt.key.payload)
            {
                // What it was told when it could not be reached.
                effects.append(.send(.cancel(id: id, grace: nil), to: host))
            }
        }
    }

    private mutating func drain(_ host: HostID, _ reason: String) {
        guard hosts[host]?.isDraining == false else { return }
        hosts[host]?.isDraining = true
        orderHosts()
        logger.info("a host drains", metadata: ["host": "\(host)", "cause": "\(reason)"])
    }

    /// A host is over: what it had is looked for in the attempts' folders.
    private mutating func gone(_ host: HostID, _ reason: String) {
        guard hosts[host] != nil, hosts[host]?.end == nil else { return }
        hosts[host]?.isReady = false
        hosts[host]?.end = reason
        orderHosts()
        let left = underWay.values.filter { $0.host == host }
        logger.info(
            "a host is gone",
            metadata: ["host": "\(host)", "cause": "\(reason)", "attempts": "\(left.count)"])
        for attempt in left where attempt.isSent && !attempt.hasEnded {
            effects.append(.find(attempt.key, attempt.plan, on: host))
        }
        removeHost(host)
    }

    /// Forgets a host that is over, when nothing of it is looked for any more.
    mutating func removeHost(_ host: HostID) {
        guard hosts[host]?.end != nil, hosts[host]?.isEmpty == true,
            !underWay.values.contains(where: { $0.host == host })
        else { return }
        hosts[host] = nil
    }

    /// Those that end first come first: what fits there leaves room that lasts longer.
    private mutating func orderHosts() {
        openHosts = hosts.filter { $0.value.isOpen }.sorted { one, other in
            switch (one.value.room.end, other.value.room.end) {
            case (let left?, let right?) where left != right: left < right
            case (.some, nil): true
            case (nil, .some): false
            default: one.key < other.key
            }
        }.map(\.key)
    }

    /// Where an attempt of before this start is, or was.
    func host(of key: AttemptKey) -> HostID {
        let placement = placements[PayloadKey(run: key.run, payload: key.payload)]
        guard let placement, placement.attempt == key.attempt else { return .here }
        return placement.host
    }

    /// Whether no host is there, and none is waited for by who is to end.
    var isWithoutHost: Bool { absence.isGivenUp && !hosts.values.contains { $0.isReady } }

    /// A runner that ends when nothing is due cannot wait for a host that never comes.
    ///
    /// - Throws: `ExecutionError` of code `host`.
    func considerHost() throws {
        guard configuration.endsWhenIdle, isWithoutHost, let message = absence.message,
            !underWay.isEmpty || queue.count > 0
        else { return }
        throw ExecutionError(.host, message)
    }

    // MARK: - What hosts are needed for

    /// Tells who makes hosts that there is something in line, once until nothing is.
    mutating func callHosts() {
        guard configuration.hasManyHosts, areHostsCalled != (queue.count > 0) else { return }
        areHostsCalled.toggle()
        if areHostsCalled { effects.append(.callHosts) }
    }

    /// The most payloads of a kind that are counted.
    private static let mostCounted = 20_000

    /// What is in line and may run now, and what hosts have free.
    mutating func demand(at now: MJD) -> HostDemand {
        var demand = HostDemand()
        if !isDraining, !waits.isPausing(.starts, at: now) {
            for line in queue.openLines(at: now) {
                demand.lines.append(
                    PilotPool.Demand(
                        need: line.kind.amounts, walltime: line.kind.walltime,
                        count: queue.count(in: line, atMost: Self.mostCounted),
                        executable: line.kind.executable, share: line.kind.share))
            }
        }
        for (host, state) in hosts where state.isReady {
            demand.hosts[host] = HostDemand.Use(
                total: state.room.total, free: state.room.free, count: state.count)
        }
        return demand
    }
}

extension ReadyQueue {
    /// The lines of which another payload may run now.
    fileprivate mutating func openLines(at now: MJD) -> [Line] {
        admitDelayed(at: now)
        return lines.filter { !$0.places.isEmpty && isOpen($0.kind) }
    }

    /// How many payloads of a line may run beside those of their category.
    fileprivate func count(in line: Line, atMost most: Int) -> Int {
        let limit = min(line.kind.limit ?? .max, limits[line.kind.category] ?? .max)
        let free = line.kind.category.isEmpty ? .max : limit - running(line.kind.category)
        return line.places.unordered.lazy.filter { !isStale($0) }
            .prefix(max(0, min(most, free))).count
    }
}
