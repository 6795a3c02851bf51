import CPQ
@preconcurrency import Dispatch

extension Connection {
    /// Makes sure from time to time that the server is there, as long as somebody waits for what
    /// it may have to say: an idle connection tells nobody that it is dead.
    func beginPulse() {
        guard pulse == nil else { return }
        let timer = DispatchSource.makeTimerSource(queue: queue.queue)
        let (seconds, attoseconds) = limits.idle.components
        let interval = DispatchTimeInterval.nanoseconds(
            Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
        timer.schedule(deadline: .now() + interval, repeating: interval)
        timer.setEventHandler { [weak self] in
            guard let self else { return timer.cancel() }
            assumeIsolated { $0.feelPulse() }
        }
        pulse = timer
        timer.activate()
    }

    func endPulse() {
        pulse?.cancel()
        pulse = nil
    }

    /// One round trip; what the server says to it does not matter.
    private func feelPulse() {
        guard !listeners.isEmpty, handle.pointer != nil else { return endPulse() }
        do {
            let connection = try handle.open()
            let result = try answer(within: limits.answer) { PQsendQuery($0, "SELECT") }
            if PQstatus(connection) == CONNECTION_BAD { try check(result, on: connection) }
            deliverNotifications()
        } catch {
            finishListeners(throwing: error as? PostgreSQLError)
        }
    }
}
