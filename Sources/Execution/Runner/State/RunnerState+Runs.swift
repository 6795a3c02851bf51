import GroundSegment
import Logging
import Payloads
import Workflows

extension RunnerState {
    /// Takes up a run that was begun now.
    mutating func begin(_ run: Run) {
        runs[run.number] = run
        record(run.number, before: nil)
        let item = run.order.map { "\($0.item)" } ?? run.origin.identifier
        logger.info(
            "run \(run.life.state.rawValue)", metadata: metadata(run, ["item": "\(item)"]))
        toStage.append(run.number)
        stageNext()
    }

    /// Lets a run take an event, and does what follows.
    mutating func apply(_ event: RunEvent, to number: Int64, at now: MJD) throws {
        guard let before = runs[number]?.life.state else { return }
        let actions = try runs[number]?.life.apply(event, at: now) ?? []
        let changed = record(number, before: before)
        tell(of: changed, in: number, before: before, at: now)
        try perform(actions, for: number, at: now)
        try release(after: changed, of: number, at: now)
    }

    /// Notes what an event has changed, with a line of the log for each payload.
    ///
    /// - Returns: the payloads that it has changed.
    @discardableResult
    mutating func record(_ number: Int64, before: RunState?) -> [Int] {
        guard let changed = runs[number]?.life.takeChanges(), let run = runs[number] else {
            return []
        }
        for expansion in changed.expansions {
            changes.expansions.append(.init(run: number, expansion: expansion))
        }
        for payload in changed.payloads {
            let life = run.life[payload]
            changes.payloads.append(.init(run: number, number: payload, life: life))
            guard before != nil, logger.logLevel <= .info else { continue }
            var facts: Logger.Metadata = [
                "step": "\(run.life.path(payload))", "attempt": "\(life.attempts)",
            ]
            if !life.message.isEmpty { facts["message"] = "\(life.message)" }
            logger.info("step \(life.state.rawValue)", metadata: metadata(run, facts))
        }
        if changed.isGraphChanged {
            changes.graphs.append((number, run.life.graph.document))
        }
        if changed.isRunChanged {
            changes.runs.append(.init(run: number, record: run.life.record))
        }
        if let before, run.life.state != before {
            logger.info("run \(run.life.state.rawValue)", metadata: metadata(run))
        }
        return changed.payloads
    }

    mutating func perform(_ actions: [RunAction], for number: Int64, at now: MJD) throws {
        for action in actions {
            switch action {
            case .stageInputs: toStage.append(number)
            case .queue(let payload): try offer(payload, of: number, at: now)
            case .dequeue(let payload):
                lookingUp[number]?.remove(payload)
                unpark(payload, of: number)
                queue.remove(ReadyQueue.Key(run: number, number: payload))
            case .readList(let payload): try readList(payload, of: number, at: now)
            case .readResources(let payload): try readResources(payload, of: number, at: now)
            case .withdraw(let payload), .kill(let payload):
                try stop(payload, of: number, action, at: now)
            case .storeOutputs:
                filesUnderWay += 1
                effects.append(.keep(number))
            case .report(let event, let message): finish(number, event, message, at: now)
            }
        }
        stageNext()
    }

    /// The run is over: its end is written together with what is to be told of it.
    private mutating func finish(
        _ number: Int64, _ event: OrderState.Event, _ message: String, at now: MJD
    ) {
        guard let run = runs.removeValue(forKey: number) else { return }
        waits.end(run: number)
        (lookingUp[number], toLine[number], scouting[number]) = (nil, nil, nil)
        endedRuns += 1
        if endedRuns >= Self.endsBeforeRetaining, !isRetaining {
            endedRuns = 0
            isRetaining = true
            effects.append(.retain)
        }
        let kept = kept.removeValue(forKey: number)
        changes.reports.append(
            .init(
                run: number, attempt: run.attempt, order: run.order, event: event,
                message: printable(message.utf8, limit: 2000), products: kept?.products ?? [],
                pending: kept?.pending ?? [],
                programs: run.order == nil ? [:] : run.life.programs, ended: now))
        queue.remove(run: number)
        if event == .complete {
            outcome.completed += 1
            effects.append(.removeWork(run.id))
        } else {
            outcome.failed += 1
            logger.error("order failed", metadata: metadata(run, ["message": "\(message)"]))
        }
        tellNeeding(number, run.life.state)
        flush(at: now)
        takeOrders()
    }

    /// Runs after whose end what old ones left is looked through again.
    private static let endsBeforeRetaining = 100

    mutating func storedOutputs(
        _ number: Int64, _ result: Result<OutputKeeping.Result, ExecutionError>, at now: MJD
    ) throws {
        filesUnderWay -= 1
        guard runs[number] != nil else { return }
        switch result {
        case .success(let stored):
            waits.end(.outputs(number))
            kept[number] = stored
            try apply(.outputsStored, to: number, at: now)
        case .failure(let error) where error.code == .storage:
            wait(for: .outputs(number), because: error.message, at: now)
        case .failure(let error):
            waits.end(.outputs(number))
            try apply(.storingFailed(error.description), to: number, at: now)
        }
    }

    // MARK: - Orders and inputs

    mutating func takeOrders() {
        guard !isDraining, !isTaking else { return }
        wereOrdersAskedFor = true
        // What waits for an operator or for other runs keeps nothing from its turn.
        let parts = runs.values.reduce(0) {
            $1.isDraft || isAwaiting($1) ? $0 : $0 + jobPart(of: $1)
        }
        let count = Int(parts.rounded(.up))
        guard count <= capacity / 2 else { return }
        isTaking = true
        effects.append(.takeOrders(limit: capacity - count))
    }

    mutating func taken(_ result: Result<[ProcessingOrder], ExecutionError>) throws {
        isTaking = false
        switch result {
        case .success(let orders):
            sourceFailures = 0
            for order in orders { effects.append(.begin(order)) }
        case .failure(let error): try sourceFailed(error)
        }
    }

    /// Stages one run at a time: all come over the same line.
    mutating func stageNext() {
        guard staging == nil, !isDropping, !isDraining else { return }
        if hasIdleCopies {
            hasIdleCopies = false
            isDropping = true
            effects.append(.dropIdleCopies)
            return
        }
        while !toStage.isEmpty {
            let number = toStage.removeFirst()
            guard let run = runs[number], run.isToBeStaged, !isAwaiting(run) else { continue }
            staging = number
            effects.append(.stage(number))
            return
        }
    }

    mutating func staged(
        _ number: Int64, _ result: Result<InputStaging.Result, ExecutionError>, at now: MJD
    ) throws {
        staging = nil
        guard let run = runs[number], !isAwaiting(run) else { return stageNext() }
        switch result {
        case .success(let staged):
            waits.end(.inputs(number))
            runs[number]?.inputs = staged.inputs
            changes.inputs.append(
                .init(run: number, inputs: staged.inputs, transfers: staged.transfers))
            for transfer in staged.transfers {
                logger.info(
                    "copied",
                    metadata: metadata(
                        run, ["product": "\(transfer.product)", "from": "\(transfer.from)"]))
            }
            try apply(.inputsStaged, to: number, at: now)
        case .failure(let error) where error.code == .unavailable || error.code == .orderSource:
            logger.notice("inputs have to wait", metadata: metadata(run, ["cause": "\(error)"]))
            parked.insert(number)
            if error.code == .orderSource { try sourceFailed(error) }
            stageNext()
        case .failure(let error) where error.code == .storage:
            wait(for: .inputs(number), because: error.message, at: now)
            stageNext()
        case .failure(let error):
            try apply(.inputsMissing(error.message), to: number, at: now)
        }
    }

    /// The order source did not answer: the runner goes on with what it has.
    ///
    /// - Throws: where another runner has taken over.
    mutating func sourceFailed(_ error: any Error) throws {
        if let error = error as? ExecutionError, error.code == .busy { throw error }
        sourceFailures += 1
        logger.warning("the orders' source does not answer", metadata: ["cause": "\(error)"])
        if configuration.endsWhenIdle && sourceFailures >= Self.patience {
            throw ExecutionError(.orderSource, "\(error)")
        }
    }

    /// Starts telling what is to be told; one at a time.
    mutating func flush(at now: MJD) {
        hasMoreToSend = isSending
        guard !isSending else { return }
        isSending = true
        effects.append(.flush(withReplicas: !waits.isPausing(.replicas, at: now)))
    }

    mutating func flushed(_ result: OutboxSending.Result, at now: MJD) throws {
        isSending = false
        outcome.pendingReplicas = result.pendingReplicas
        outcome.setAside += result.setAside
        if !result.waits.isEmpty {
            let reasons = result.waits.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            wait(for: .replicas, because: reasons.joined(separator: "; "), at: now)
        } else if !waits.isPausing(.replicas, at: now) {
            waits.end(.replicas)
        }
        if result.hasSent { hasIdleCopies = true }
        stageNext()
        if !result.failure.isEmpty {
            try sourceFailed(ExecutionError(.orderSource, result.failure))
        } else if hasMoreToSend {
            flush(at: now)
        }
    }
}
