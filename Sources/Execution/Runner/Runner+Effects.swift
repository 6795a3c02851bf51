import Files
import Foundation
import Glibc
import GroundSegment
import Logging
import Payloads
import Workflows

extension Runner {
    /// Does what the state asks for; what takes time is done elsewhere, and told as an event.
    func perform(_ effect: RunnerEffect) async throws {
        let events = events
        switch effect {
        case .takeOrders(let limit): takeOrders(limit)
        case .begin(let order): try await begin(order)
        case .askOutstanding:
            ask({ .outstanding($0) }) { [source, configuration, holds] in
                let now = configuration.clock.now
                let orders = try await source.outstanding(
                    clock: now, leaving: Set(holds.reasons(at: now).keys))
                return DueOrders(
                    orders: orders,
                    waits: orders.waiting > 0 ? try await source.waits(clock: now, limit: 3) : [])
            }
        case .askWishes: ask({ .wishes($0) }) { [source] in try await source.wishes() }
        case .moveReplicas: moveReplicas()
        case .selfTest: lookForSelfTest()
        case .stage(let number): stage(number)
        case .readList(let key, let path):
            preparing.start {
                events.post(
                    .listed(key, Self.result { try RunnerState.elements(ofList: path) }))
            }
        case .readResources(let key, let path, let declared):
            preparing.start {
                events.post(
                    .measured(
                        key,
                        Self.result { try RunnerState.resources(inFile: path, instead: declared) }))
            }
        case .prepare(let planned):
            let preparation = AttemptPreparation(
                library: library, known: known, storage: configuration.storage,
                environment: configuration.environment)
            let links = RunLinks(home: configuration.home)
            preparing.start {
                for (key, plan) in planned { links.make(key.run, to: plan.folder) }
                events.post(
                    .prepared(
                        planned.map { key, plan in
                            (key: key, result: Self.result { try preparation.prepare(plan) })
                        }))
            }
        case .lookUp(let key, let plan, let folder): lookUp(key, plan, into: folder)
        case .send, .callHosts: return
        case .find(let key, let plan, .here): find(key, plan)
        case .find(let key, let plan, _): findAway(key, plan)
        case .examine(let key, let plan, let result):
            examining.start { [known] in
                do {
                    let examination = try Examination.examine(plan, result, known: known)
                    events.post(.examined(key, result, examination))
                } catch {
                    events.post(.examined(key, result, Examination(unreadable: "\(error)")))
                }
            }
        case .keep(let number): keep(number)
        case .removeWork(let run):
            // At once out of the way: a restart of the run has to see that it is gone.
            known.forget(below: configuration.storage.workFolder(of: run))
            guard let folder = configuration.storage.setAside(workOf: run) else { return }
            copying.start { [logger] in
                do { try StoredFiles.remove(folder) } catch {
                    logger.warning("cannot remove", metadata: ["cause": "\(error)"])
                }
            }
        case .readInbox: try await readInbox()
        case .awaitAnswer(let sequence, let reply): try await awaitAnswer(sequence, reply)
        case .answer(let sequence, let answer):
            for reply in replies.removeValue(forKey: sequence) ?? [] { reply.send(answer) }
        case .repair(let key): repair(key)
        case .sweepRemoved: sweepRemoved()
        case .retain: retain()
        case .flush(let withReplicas): flush(withReplicas)
        case .dropIdleCopies: dropIdleCopies()
        }
    }

    private nonisolated static func result<Value>(
        _ work: () throws -> Value
    ) -> Result<Value, ExecutionError> {
        do {
            return .success(try work())
        } catch let error as ExecutionError {
            return .failure(error)
        } catch {
            return .failure(ExecutionError(.storage, "\(error)"))
        }
    }

    /// Asks the orders' source, which may be slow or away, without waiting for its answer.
    func ask<Value: Sendable>(
        _ event: @escaping @Sendable (Result<Value, ExecutionError>) -> RunnerEvent,
        _ question: @escaping @Sendable () async throws -> Value
    ) {
        Task { [events] in
            do {
                events.post(event(.success(try await question())))
            } catch let error as ExecutionError where error.code == .busy {
                events.post(event(.failure(error)))
            } catch {
                events.post(event(.failure(ExecutionError(.orderSource, "\(error)"))))
            }
        }
    }

    private func takeOrders(_ limit: Int) {
        // An answer that was lost may have been orders: they are taken, and not known here.
        let mayHaveMissed = state.sourceFailures > 0
        let now = configuration.clock.now
        let reasons = holds.reasons(at: now)
        let isNew = reasons != state.heldPipelines
        state.heldPipelines = reasons
        if isNew {
            for (pipeline, reason) in reasons.sorted(by: { $0.key < $1.key }) {
                logger.notice(
                    "orders are held", metadata: ["pipeline": "\(pipeline)", "cause": "\(reason)"])
            }
        }
        ask({ .taken($0) }) { [source, store] in
            if isNew || mayHaveMissed { try await source.hold(reasons) }
            let orders = try await source.take(
                limit: limit, clock: now, leaving: Set(reasons.keys))
            return mayHaveMissed ? try await Self.missed(source, store) : orders
        }
    }

    /// The orders that are taken, and that this runner did not have when the source was asked.
    ///
    /// What it had then may be told while the answer comes, which then says of an order that is
    /// done that it is taken.
    static func missed(
        _ source: any OrderSource, _ store: RunStore
    ) async throws -> [ProcessingOrder] {
        let open = try await store.openOrders()
        return try await source.taken().filter { !open.contains($0.id) }
    }

    /// Makes a run of an order that was taken.
    private func begin(_ order: ProcessingOrder) async throws {
        if let fault = order.unusableText { return refuse(order, fault) }
        if let reason = configuration.refusal(ofRelease: order.softwareRelease) {
            return refuse(order, reason)
        }
        guard let pipeline = library.pipelines[order.pipeline] else {
            let known = library.pipelines.keys.sorted().joined(separator: ", ")
            return refuse(
                order, "pipeline \"\(order.pipeline)\" is unknown here; known are \(known)")
        }
        let now = configuration.wallClock()
        guard let run = try await store.begin(.order(order), pipeline, at: now) else { return }
        state.begin(run)
    }

    private func refuse(_ order: ProcessingOrder, _ reason: String) {
        let message = printable(reason.utf8)
        logger.error("order refused", metadata: ["order": "\(order.id)", "cause": "\(message)"])
        let now = configuration.wallClock()
        state.refusals += 1
        ask({ .refused($0) }) { [source] in
            try await source.report(
                OrderReport(
                    order: order.id, sdc: order.sdc, event: .fail, attempt: 1, steps: [],
                    products: [], transfers: [], window: TimeWindow(start: now, end: now),
                    message: message))
            return true
        }
    }

    private func stage(_ number: Int64) {
        guard let run = state.runs[number] else { return }
        let staging = InputStaging(
            configuration: configuration, source: source, store: store, known: known,
            transports: transports, work: copying, logger: logger)
        Task { [events] in
            do {
                events.post(.staged(number, .success(try await staging.stage(run))))
            } catch let error as ExecutionError where error.code != .store {
                events.post(.staged(number, .failure(error)))
            } catch let error as ExecutionError {
                events.post(.broken(error))
            } catch {
                events.post(.staged(number, .failure(ExecutionError(.orderSource, "\(error)"))))
            }
        }
    }

    /// Looks for what became of an attempt that the host does not have: what it left running is
    /// ended, and one that has not begun never will.
    private func find(_ key: AttemptKey, _ plan: AttemptPlan) {
        let (events, home) = (events, configuration.agentHome)
        examining.start {
            let folder = AttemptFolder(path: plan.folder)
            do {
                let condition = try folder.takeOver(
                    AttemptMark(home: home, id: plan.id), patience: Self.farewell)
                // The agent makes the lock when it begins an attempt.
                let hasBegun = access("\(plan.folder)/lock", F_OK) == 0
                // An agent that was killed has not removed it.
                if condition != .running { try? StoredFiles.remove(plan.temporaryFolder) }
                switch condition {
                case .ended(let result): events.post(.found(key, result, hasBegun: true))
                case .vanished: events.post(.found(key, nil, hasBegun: hasBegun))
                case .running:
                    throw ExecutionError(
                        .host, "\(plan.folder)/lock is held by a process that no agent knows")
                }
            } catch let error as ExecutionError {
                events.post(.broken(error))
            } catch {
                events.post(.broken(ExecutionError(.store, "\(error)")))
            }
        }
    }

    /// Looks for what became of an attempt that was elsewhere, where nothing can be ended: one that
    /// has not begun never will, and what still lives is waited for as long as it may live.
    private func findAway(_ key: AttemptKey, _ plan: AttemptPlan) {
        let folder = AttemptFolder(path: plan.folder)
        let (events, work, pause) = (events, examining, configuration.pollInterval)
        let (delay, life) = (configuration.fileDelay, plan.longestLife)
        Task {
            let begin = ContinuousClock.now
            while true {
                do {
                    let (condition, hasBegun) = try await work.run {
                        try folder.revoke()
                        let condition = folder.condition()
                        return (condition, folder.hasBegun)
                    }
                    let waited = begin.duration(to: .now)
                    switch condition {
                    case .ended(let result):
                        return events.post(.found(key, result, hasBegun: true))
                    case .vanished where !hasBegun || waited >= delay,
                        .running where waited >= life:
                        return events.post(.found(key, nil, hasBegun: hasBegun))
                    case .running, .vanished: break
                    }
                } catch {
                    return events.post(.broken(ExecutionError(.store, "\(error)")))
                }
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// Seconds that killed processes have to be gone.
    private static let farewell = 60.0

    // MARK: - Outputs

    var keeping: OutputKeeping {
        OutputKeeping(
            configuration: configuration, store: store, known: known, transports: transports,
            work: copying, logger: logger)
    }

    private func keep(_ number: Int64) {
        guard let run = state.runs[number] else { return }
        let keeping = keeping
        Task { [events] in
            do {
                events.post(.kept(number, .success(try await keeping.keep(run))))
            } catch let error as ExecutionError where error.code != .store {
                events.post(.kept(number, .failure(error)))
            } catch {
                events.post(.broken(error))
            }
        }
    }

    private func flush(_ withReplicas: Bool) {
        let sending = OutboxSending(
            source: source, store: store, keeping: keeping, logger: logger,
            withReplicas: withReplicas)
        Task { [events] in
            do {
                events.post(.flushed(try await sending.flush()))
            } catch {
                events.post(.broken(error))
            }
        }
    }

    /// Removes the copies that no order here needs any more; an order needs its inputs until its
    /// report has been told.
    private func dropIdleCopies() {
        let (store, source, known, logger) = (store, source, known, logger)
        Task { [events] in
            do {
                let copies = Dictionary(grouping: try await store.idleCopies(), by: \.survey)
                for (survey, copies) in copies {
                    let items = Array(Set(copies.map(\.item)))
                    let needed = try await source.needed(items, survey: survey)
                    for copy in copies where !needed.contains(copy.item) {
                        try StoredFiles.remove(copy.path)
                        known.forget(copy.path)
                        try await store.forgetCopy(copy.path)
                        logger.debug("copy removed", metadata: ["path": "\(copy.path)"])
                    }
                }
                events.post(.dropped(isDone: true))
            } catch {
                logger.notice("copies stay for now", metadata: ["cause": "\(error)"])
                events.post(.dropped(isDone: false))
            }
        }
    }
}
