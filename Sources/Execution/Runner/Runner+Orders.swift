import GroundSegment
import Logging

extension Runner {
    /// Runs that are under way or staged ahead, so that the slots have always something to do.
    private var capacity: Int { 4 + 2 * configuration.slots.cores }

    func takeOrders() async throws {
        guard !isDraining, runs.count <= capacity / 2 else { return }
        var orders: [ProcessingOrder]
        do {
            orders = try await source.take(
                limit: capacity - runs.count, clock: configuration.clock.now)
            // An answer that was lost may have been orders: they are taken, and not known here.
            if sourceFailures > 0 { orders = try await source.taken() }
            sourceFailures = 0
        } catch {
            return try sourceFailed(error)
        }
        for order in orders { try await begin(order) }
    }

    /// Makes a run of an order that was taken.
    func begin(_ order: ProcessingOrder) async throws {
        guard let pipeline = library.pipelines[order.pipeline] else {
            return try await refuse(order)
        }
        guard let run = try await store.begin(order, pipeline: pipeline, at: RunnerClock.real.now)
        else { return }
        runs[run.id] = run
        logger.info("run \(run.state.rawValue)", metadata: metadata(run, ["item": "\(order.item)"]))
        toStage.append(run.id)
    }

    private func refuse(_ order: ProcessingOrder) async throws {
        let known = library.pipelines.keys.sorted().joined(separator: ", ")
        let message = "pipeline \"\(order.pipeline)\" is unknown here; known are \(known)"
        logger.error("order refused", metadata: ["order": "\(order.id)", "cause": "\(message)"])
        let now = RunnerClock.real.now
        do {
            try await source.report(
                OrderReport(
                    order: order.id, sdc: order.sdc, event: .fail, attempt: 1, steps: [],
                    products: [],
                    transfers: [], window: TimeWindow(start: now, end: now), message: message))
            outcome.failed += 1
        } catch {
            try sourceFailed(error)
        }
    }

    /// Runs whose inputs could not be reached are tried again.
    func stageAgain() {
        toStage += parked.sorted()
        parked = []
    }

    /// Stages one run at a time: all come over the same line.
    func stageNext() async throws {
        guard staging == nil, !isDraining else { return }
        try await dropIdleCopies()
        guard !toStage.isEmpty else { return }
        guard let run = runs[toStage.removeFirst()] else { return try await stageNext() }
        staging = run.id
        let work = InputStaging(
            configuration: configuration, source: source, store: store, logger: logger)
        perform { [send] in
            do {
                send.yield(.staged(run.id, .success(try await work.stage(run))))
            } catch let error as ExecutionError where error.code != .store {
                send.yield(.staged(run.id, .failure(error)))
            } catch let error as ExecutionError {
                throw error
            } catch {
                send.yield(.staged(run.id, .failure(ExecutionError(.orderSource, "\(error)"))))
            }
        }
    }

    func staged(_ id: ID<Run>, _ result: Result<InputStaging.Result, ExecutionError>) async throws {
        staging = nil
        guard var run = runs[id] else { return }
        switch result {
        case .success(let staged):
            let before = run
            let actions = try run.apply(.inputsStaged)
            try await store.save(run, inputs: staged.inputs, transfers: staged.transfers)
            adopt(run, after: before)
            for transfer in staged.transfers {
                logger.info(
                    "copied",
                    metadata: metadata(
                        run, ["product": "\(transfer.product)", "from": "\(transfer.from)"]))
            }
            try await perform(actions, for: run)
        case .failure(let error) where error.code == .unavailable || error.code == .orderSource:
            logger.notice("inputs have to wait", metadata: metadata(run, ["cause": "\(error)"]))
            parked.insert(id)
            if error.code == .orderSource { try sourceFailed(error) }
            try await stageNext()
        case .failure(let error):
            try await apply(.inputsMissing(message: error.message), to: id)
        }
    }

    /// Removes the copies that no order here needs any more; an order needs its inputs until its
    /// report has been told.
    func dropIdleCopies() async throws {
        guard hasIdleCopies else { return }
        hasIdleCopies = false
        for (survey, copies) in Dictionary(grouping: try await store.idleCopies(), by: \.survey) {
            let items = Array(Set(copies.map(\.item)))
            guard let needed = try? await source.needed(items, survey: survey) else {
                hasIdleCopies = true
                continue
            }
            for copy in copies where !needed.contains(copy.item) {
                try FileTree.remove(copy.path)
                try await store.forgetCopy(copy.path)
                logger.debug("copy removed", metadata: ["path": "\(copy.path)"])
            }
        }
    }
}
