import GroundSegment
import Logging

extension Runner {
    /// How often keeping the outputs is tried before the order fails.
    private static let tries = 3

    private var keeping: OutputKeeping {
        OutputKeeping(configuration: configuration, store: store, logger: logger)
    }

    func keepOutputs(_ run: Run) {
        let keeping = keeping
        perform { [send, logger] in
            for attempt in 1... {
                do {
                    send.yield(.kept(run.id, .success(try await keeping.keep(run))))
                    return
                } catch let error as ExecutionError
                    where error.code == .storage && attempt < Self.tries
                {
                    logger.warning(
                        "outputs cannot be kept yet",
                        metadata: ["run": "\(run.id)", "cause": "\(error)"])
                    try await Task.sleep(for: .seconds(1))
                } catch let error as ExecutionError where error.code != .store {
                    send.yield(.kept(run.id, .failure(error)))
                    return
                }
            }
        }
    }

    func kept(_ id: ID<Run>, _ result: Result<OutputKeeping.Result, ExecutionError>) async throws {
        guard var run = runs[id] else { return }
        guard case .success(let kept) = result else {
            if case .failure(let error) = result {
                try await apply(.storingFailed(message: error.description), to: id)
            }
            return
        }
        let before = run
        _ = try run.apply(.outputsStored)
        adopt(run, after: before)
        try await finish(id, .complete, "", kept)
    }

    /// Ends a run together with its report, in one transaction of the store.
    func finish(
        _ id: ID<Run>, _ event: OrderState.Event, _ message: String, _ kept: OutputKeeping.Result
    ) async throws {
        guard let run = runs[id] else { return }
        try await store.finish(
            run, event: event, message: message, products: kept.products, pending: kept.pending,
            at: RunnerClock.real.now)
        runs[id] = nil
        if event == .complete {
            outcome.completed += 1
            try FileTree.remove(configuration.storage.workFolder(of: id))
        } else {
            outcome.failed += 1
            logger.error("order failed", metadata: metadata(run, ["message": "\(message)"]))
        }
        flushOutbox()
        try await takeOrders()
        try await stageNext()
    }

    /// Starts telling what is to be told; one at a time.
    func flushOutbox() {
        hasMoreToSend = isSending
        guard !isSending else { return }
        isSending = true
        let sending = OutboxSending(source: source, store: store, keeping: keeping, logger: logger)
        perform { [send] in send.yield(.flushed(try await sending.flush())) }
    }

    func flushed(_ result: OutboxSending.Result) async throws {
        isSending = false
        outcome.pendingReplicas = result.pendingReplicas
        if result.hasSent { hasIdleCopies = true }
        if staging == nil { try await dropIdleCopies() }
        if !result.failure.isEmpty {
            try sourceFailed(ExecutionError(.orderSource, result.failure))
        } else if hasMoreToSend {
            flushOutbox()
        }
    }
}
