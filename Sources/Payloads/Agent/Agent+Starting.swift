import Glibc

/// From the order to the process.
extension Agent {
    /// Starts what waits, first come, first served, as far as there is room.
    mutating func startWaiting() {
        repeat {
            while let order = turns.first {
                guard let claim = room.claim(order.need) else { return }
                turns.removeFirst()
                begin(order, claim)
            }
            var begun = 0
            while begun < waiting.count, turns.isEmpty,
                let claim = room.claim(waiting[begun].need)
            {
                begin(waiting[begun], claim)
                begun += 1
            }
            waiting.removeFirst(begun)
        } while !turns.isEmpty
    }

    private mutating func begin(_ order: AttemptOrder, _ claim: Room.Claim) {
        waitingTokens[order.id] = nil
        prepare(order, claim)
    }

    /// Takes the attempt's folder and makes what it needs.
    private mutating func prepare(_ order: AttemptOrder, _ claim: Room.Claim) {
        let folder = AttemptFolder(path: order.folder)
        let attempt: ActiveAttempt
        do throws(PayloadError) {
            attempt = ActiveAttempt(
                order: order, claim: claim, lock: try folder.claim(), at: AgentClock.monotonic)
        } catch {
            room.release(claim)
            tell(.refused(id: order.id, reason: printable(error.description.utf8)))
            follow(order)
            return
        }
        active[order.id] = attempt
        do throws(PayloadError) {
            let limit = order.limits.log << 20
            attempt.logs = [
                try AttemptLog(folder.standardOutput, limit: limit),
                try AttemptLog(folder.standardError, limit: limit),
            ]
            if let limit = order.limits.memory { limitMemory(of: attempt, to: limit << 20) }
            try FolderTree.make(order.workFolder)
            if let temporary = order.temporaryFolder {
                try temporaryFolders.make(temporary)
            }
            start(attempt)
        } catch {
            notStarted(attempt, error.description)
        }
    }

    /// Gives an attempt a control group of its own, where that is allowed; bytes.
    private mutating func limitMemory(of attempt: ActiveAttempt, to limit: Int) {
        if mayLimitByGroup, controlGroups == nil {
            controlGroups = ControlGroups(home: home)
            mayLimitByGroup = controlGroups != nil
        }
        attempt.group = controlGroups?.take(limit: limit)
    }

    private mutating func notStarted(_ attempt: ActiveAttempt, _ reason: String) {
        attempt.message = reason
        act(attempt.life.apply(.notStarted, at: AgentClock.monotonic), on: attempt)
    }

    mutating func start(_ attempt: ActiveAttempt) {
        guard attempt.logs.count == 2 else { return }
        let order = attempt.order
        let entry = attempt.group?.entry
        if entry == nil { attempt.group = nil }
        let start = Start(
            program: order.program, arguments: order.arguments,
            environment: environment(of: attempt), folder: order.workFolder,
            standardOutput: attempt.logs[0].descriptor, standardError: attempt.logs[1].descriptor,
            lock: attempt.lock, mounts: enclosure.mounts, group: entry,
            addressSpace: order.limits.virtualMemory.map { $0 << 20 })
        let outcome = start.run(standardInput: nothing)
        let now = AgentClock.monotonic
        switch outcome {
        case .started(let process):
            attempt.process = process
            attempt.transfers = ProcessFacts.transfers(by: process)
            (attempt.start, attempt.startTime) = (now, AgentClock.time)
            byProcess[process] = attempt
            act(attempt.life.apply(.started, at: now), on: attempt)
            tell(attempt.started)
        case .busy: act(attempt.life.apply(.busy, at: now), on: attempt)
        case .failed(let reason): notStarted(attempt, reason)
        }
    }

    /// The agent's own environment, what the order adds, what the attempt was given and its mark.
    private func environment(of attempt: ActiveAttempt) -> [String] {
        let order = attempt.order
        var all = environment
        func set(_ name: String, _ value: String) { all[name] = "\(name)=\(value)" }
        set("SGS_CORES", "\(order.need.cores)")
        set("SGS_MEMORY", "\(order.need.memory)")
        for (name, value) in order.environment { set(name, value) }
        if let program { set("SGS_TELL", program) }
        if let temporary = order.temporaryFolder { set("TMPDIR", temporary) }
        if !room.gpus.isEmpty {
            let names = attempt.claim.gpus.joined(separator: ",")
            set("SGS_GPUS", names)
            set("CUDA_VISIBLE_DEVICES", names)
        }
        for (name, value) in AttemptMark(resolved: home, id: order.id, token: order.token).variables
        {
            set(name, value)
        }
        return Array(all.values)
    }
}

extension ActiveAttempt {
    var started: AgentMessage { .started(id: order.id, pid: Int(process), time: startTime) }
}
