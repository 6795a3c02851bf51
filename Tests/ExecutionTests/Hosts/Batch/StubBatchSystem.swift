import BatchSystems
import Synchronization

/// A batch system that does nothing but remember; the test says how its jobs are.
final class StubBatchSystem: BatchSystem {
    struct Content: Sendable {
        var submitted: [BatchJob] = []
        var statuses: [BatchJobID: BatchJobStatus] = [:]
        var names: [BatchJobID: String] = [:]
        var accounts: [BatchJobID: BatchJobStatus] = [:]
        var cancelled: [BatchJobID] = []
        var polls: [[BatchJobID]] = []
        /// What the next calls fail with.
        var failures: [String: BatchSystemError] = [:]
        /// Whether a submission that fails is taken all the same.
        var takesFailed = false
        /// How a job is at first.
        var first = BatchJobStatus(.waiting, native: "PD")
        /// Whether its programs are not there.
        var isMissing = false
        var limits = BatchLimits(arraySize: 100)
    }

    let content = Mutex(Content())

    func change(_ work: (inout Content) -> Void) { content.withLock { work(&$0) } }

    private func fail(_ verb: String) throws(BatchSystemError) {
        if content.withLock({ $0.isMissing }) { throw BatchSystemError(.notFound, "no sbatch") }
        if let failure = content.withLock({ $0.failures.removeValue(forKey: verb) }) {
            throw failure
        }
    }

    func submit(_ job: BatchJob) throws(BatchSystemError) -> [BatchJobID] {
        let takesFailed = content.withLock { $0.takesFailed }
        if !takesFailed { try fail("submit") }
        let ids = content.withLock { content in
            content.submitted.append(job)
            let base = "\(100 + content.submitted.count)"
            let ids =
                job.count == 1
                ? [BatchJobID(base)] : (1...job.count).map { BatchJobID(base, index: $0) }
            for id in ids {
                content.statuses[id] = content.first
                content.names[id] = job.name
            }
            return ids
        }
        try fail("submit")
        return ids
    }

    func poll(_ ids: [BatchJobID]) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus] {
        change { $0.polls.append(ids) }
        try fail("poll")
        return content.withLock { content in content.statuses.filter { ids.contains($0.key) } }
    }

    func find(name: String) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus] {
        try fail("find")
        return content.withLock { content in
            content.statuses.filter { content.names[$0.key] == name }
        }
    }

    func afterEnd(_ ids: [BatchJobID]) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus] {
        try fail("afterEnd")
        return content.withLock { content in content.accounts.filter { ids.contains($0.key) } }
    }

    func cancel(_ ids: [BatchJobID]) throws(BatchSystemError) {
        try fail("cancel")
        change { $0.cancelled += ids }
    }

    func limits() throws(BatchSystemError) -> BatchLimits {
        try fail("limits")
        return content.withLock { $0.limits }
    }
}
