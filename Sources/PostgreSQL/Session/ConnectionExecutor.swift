import Dispatch

/// Runs a connection's work on a thread outside Swift's cooperative pool, so that a call that
/// waits for the server keeps no other task from running.
final class ConnectionExecutor: SerialExecutor {
    let queue = DispatchQueue(label: "postgresql.connection")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
