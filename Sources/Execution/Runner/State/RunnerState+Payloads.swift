import GroundSegment
import Logging
import Payloads
import Workflows

extension RunnerState {
    /// Puts a ready payload in line; one that can never fit here is refused at once.
    mutating func offer(_ payload: Int, of number: Int64, at now: MJD) throws {
        guard let run = runs[number] else { return }
        let executable = run.life.node(payload).executable?.name ?? ""
        if let shortfall = configuration.shortfall(
            resources(of: payload, in: run), of: executable)
        {
            try apply(.refused(payload, shortfall), to: number, at: now)
            return
        }
        if isParked(payload, of: run) { return }
        if mayReuse(payload, of: run) {
            guard lookingUp[number, default: []].insert(payload).inserted else { return }
            return lookUp(payload, of: run)
        }
        line(payload, of: run, at: now)
    }

    /// Puts a payload in line for a host.
    mutating func line(_ payload: Int, of run: Run, at now: MJD) {
        let number = run.number
        let life = run.life[payload]
        let node = run.life.node(payload)
        let isAlone = clusterTerms(of: node, in: run).size == 1
        var entry = ReadyQueue.Entry(
            rank: Rank(
                priority: run.priority + life.priority,
                isRetry: life.failures + life.losses > 0,
                release: run.origin.release(or: run.taken), run: number,
                depth: configuration.finishesBranches ? run.life.depth(payload) : 0,
                nodePriority: node.policy.priority, number: payload),
            need: resources(of: payload, in: run), category: node.policy.category,
            limit: run.life.graph.categories[node.policy.category],
            notBefore: life.notBefore.map {
                // A clock that was put back since then makes no wait longer.
                min($0, now + Terms.longestWait(of: life, node.policy) / 86400)
            },
            group: isAlone ? "" : clusterGroup(of: payload, in: run))
        entry.executable = node.executable?.name ?? ""
        entry.share = run.origin.share
        entry.orderPriority = run.origin.priority
        entry.since = now
        entry.locality = run.locality
        queue.insert(entry)
    }

    /// Starts what there is room for.
    mutating func startPayloads(at now: MJD) throws {
        guard queue.count > 0, !waits.isPausing(.starts, at: now) else { return }
        for host in openHosts where hosts[host]?.isFull == false {
            try startPayloads(on: host, at: now)
            guard queue.count > 0 else { return }
        }
    }

    private mutating func startPayloads(on host: HostID, at now: MJD) throws {
        let most = configuration.mostAtHost
        while clusters.count < most, let room = hosts[host]?.room,
            let entry = queue.next(on: room, at: now)
        {
            try start(entry, on: host, room, at: now, isAhead: false)
        }
        while clusters.count < most, let room = hosts[host]?.roomAhead,
            let entry = queue.next(on: room, at: now)
        {
            try start(entry, on: host, room, at: now, isAhead: true)
        }
    }

    /// Hands a payload to a host, with those that may follow it in its room.
    private mutating func start(
        _ entry: ReadyQueue<Int64>.Entry, on host: HostID, _ room: HostRoom, at now: MJD,
        isAhead: Bool
    ) throws {
        let more = queue.companions(
            of: entry, atMost: clusterSize(of: entry) - 1, on: room, at: now)
        var planned: [(key: AttemptKey, plan: AttemptPlan)] = []
        for key in [entry.key] + more.map(\.key) {
            guard let attempt = runs[key.run].map({ $0.life[key.number].attempts + 1 }) else {
                queue.end(key)
                continue
            }
            lastToken += 1
            changes.token = lastToken
            try apply(.assigned(key.number, attempt: attempt), to: key.run, at: now)
            let attemptKey = AttemptKey(run: key.run, payload: key.number, attempt: attempt)
            guard let plan = plan(attemptKey, token: lastToken) else { continue }
            planned.append((attemptKey, plan))
        }
        guard let first = planned.first?.plan else { return }
        hosts[host]?.occupy(
            first.resources, count: planned.count, by: first.id, at: now, isAhead: isAhead)
        for place in planned.indices {
            if planned.count > 1 { planned[place].plan.cluster = first.id }
            take(planned[place].key, planned[place].plan, on: host, isSent: false)
        }
        if planned.count > 1 { tag(planned, cluster: first.id) }
        effects.append(.prepare(planned))
    }

    /// Counts an attempt as under way, in the room that its cluster has.
    mutating func take(
        _ key: AttemptKey, _ plan: AttemptPlan, on host: HostID, isSent: Bool
    ) {
        let cluster = plan.cluster ?? plan.id
        clusters[cluster, default: []].insert(plan.id)
        underWay[plan.id] = AttemptUnderWay(
            key: key, plan: plan, host: host, cluster: cluster, isSent: isSent)
        if host != .here, !isSent { changes.placements.append((key, host)) }
        attempts[PayloadKey(run: key.run, payload: key.payload)] = plan.id
    }

    /// What an attempt of a payload is made of.
    func plan(_ key: AttemptKey, token: Int64) -> AttemptPlan? {
        guard let run = runs[key.run], let executable = run.life.node(key.payload).executable
        else { return nil }
        let path = run.life.path(key.payload)
        let resources = resources(of: key.payload, in: run)
        var files: [String: [String]] = [:]
        var tuples: [String: [[String]]] = [:]
        for port in executable.inputs {
            files[port.name] = self.files(of: key.payload, port: port.name, in: run)
            tuples[port.name] = self.tuples(of: key.payload, port: port.name, in: run)
        }
        return AttemptPlan(
            id: "\(run.id)/\(path)#\(key.attempt)", token: token, path: path,
            executable: executable, resources: resources, files: files, tuples: tuples,
            folder: configuration.attemptFolder(run.id, path, key.attempt),
            workFolder: configuration.workFolder(run.id, path, key.attempt),
            environment: environment(run, key, path, resources))
    }

    private func environment(
        _ run: Run, _ key: AttemptKey, _ path: String, _ resources: Resources
    ) -> [String: String] {
        var environment = [
            "SGS_RUN": run.id.text, "SGS_STEP": path, "SGS_ATTEMPT_NUMBER": String(key.attempt),
            "SGS_SOFTWARE_RELEASE": run.origin.softwareRelease,
            "SGS_CORES": String(resources.cores), "SGS_MEMORY_MIB": String(resources.memory),
        ]
        if run.life.isEpilog(key.payload) { environment["SGS_PHASE"] = "epilog" }
        if let order = run.order {
            environment["SGS_SURVEY"] = order.survey.text
            environment["SGS_ORDER"] = order.id.text
            environment["SGS_ITEM_KIND"] = order.item.kind.rawValue
            environment["SGS_ITEM"] = order.item.text
            environment["SGS_CAMPAIGN"] = order.task?.campaign
            environment["SGS_TASK"] = order.task?.name
        }
        return environment
    }

    func resources(of payload: Int, in run: Run) -> Resources {
        guard var resources = run.request(payload) else { return Resources() }
        if let own = run.life.request(payload), resources.memory > own.memory {
            // What was learnt may be more than there is here.
            resources.memory = max(own.memory, min(resources.memory, configuration.room.memory))
        }
        return resources
    }

    /// What an attempt needs is there: its host is asked to run it.
    mutating func prepared(
        _ key: AttemptKey, _ result: Result<PreparedAttempt, ExecutionError>, at now: MJD
    ) throws {
        guard let id = attempts[PayloadKey(run: key.run, payload: key.payload)],
            let attempt = underWay[id], attempt.key == key
        else { return }
        if hosts[attempt.host]?.end != nil {
            forget(id, key, at: now)
            return try apply(.withdrawn(key.payload, attempt: key.attempt), to: key.run, at: now)
        }
        switch result {
        case .success(let prepared):
            underWay[id]?.isSent = true
            underWay[id]?.contentKey = prepared.contentKey
            effects.append(.send(.start(prepared.order), to: attempt.host))
        case .failure(let error) where error.code == .storage:
            try putBack(key, id, because: error.message, at: now)
        case .failure(let error) where error.code == .environment:
            forget(id, key, at: now)
            try apply(.withdrawn(key.payload, attempt: key.attempt), to: key.run, at: now)
            guard let run = runs[key.run], !run.life.isHeld, !run.life.state.isFinal else { return }
            logger.error("run held", metadata: metadata(run, ["cause": "\(error.message)"]))
            try apply(.hold(nil, error.message), to: key.run, at: now)
        case .failure(let error) where error.code == .corrupted && !attempt.isRepaired:
            underWay[id]?.isRepaired = true
            logger.error(
                "an input is not what it was",
                metadata: ["attempt": "\(id)", "cause": "\(error.message)"])
            effects.append(.repair(key))
        case .failure(let error) where error.code == .corrupted:
            try end(key, id, .failed(.infrastructure, message: error.message), at: now)
        case .failure(let error):
            let verdict = Verdict.retry(
                Retry(.infrastructure, message: error.description, wait: 1))
            try end(key, id, verdict, at: now)
        }
    }

    /// An attempt that could not be prepared has not begun; nothing starts for a while.
    mutating func putBack(
        _ key: AttemptKey, _ id: String, because reason: String, at now: MJD
    ) throws {
        wait(for: .starts, because: reason, at: now)
        forget(id, key, at: now)
        try apply(.withdrawn(key.payload, attempt: key.attempt), to: key.run, at: now)
    }

    /// The inputs of an attempt's run were brought again, or not.
    mutating func repaired(
        _ key: AttemptKey, _ result: Result<InputStaging.Result, ExecutionError>, at now: MJD
    ) throws {
        if case .success(let staged) = result, let run = runs[key.run] {
            changes.inputs.append(
                .init(run: key.run, inputs: staged.inputs, transfers: staged.transfers))
            runs[key.run]?.inputs = staged.inputs
            for transfer in staged.transfers {
                logger.notice(
                    "replaced",
                    metadata: metadata(
                        run, ["product": "\(transfer.product)", "from": "\(transfer.from)"]))
            }
        }
        guard let id = attempts[PayloadKey(run: key.run, payload: key.payload)],
            let attempt = underWay[id], attempt.key == key
        else { return }
        switch result {
        case .success: effects.append(.prepare([(key, attempt.plan)]))
        case .failure(let error) where [.corrupted, .inputMissing].contains(error.code):
            try end(key, id, .failed(.infrastructure, message: error.message), at: now)
        case .failure(let error): try putBack(key, id, because: error.description, at: now)
        }
    }

    /// The host is asked to stop a payload, or not to start it.
    mutating func stop(
        _ payload: Int, of number: Int64, _ action: RunAction, at now: MJD
    ) throws {
        guard let id = attempts[PayloadKey(run: number, payload: payload)],
            let attempt = underWay[id], !attempt.hasEnded
        else { return }
        guard attempt.isSent else {
            forget(id, attempt.key, at: now)
            return try apply(.withdrawn(payload, attempt: attempt.key.attempt), to: number, at: now)
        }
        if case .withdraw = action {
            effects.append(.send(.withdraw(id: id), to: attempt.host))
        } else {
            effects.append(.send(.cancel(id: id, grace: nil), to: attempt.host))
        }
    }
}
