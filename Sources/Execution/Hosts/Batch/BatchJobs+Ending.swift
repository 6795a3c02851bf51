import BatchSystems
import Foundation
import Logging
import Payloads

/// What is not to run any more, and what is lost.
extension BatchJobs {
    /// Ends an attempt, or sees to it that it never begins.
    mutating func cancel(_ id: String, _ toCancel: inout [BatchJobID]) {
        guard let place = place(of: id), self[place].stage < .ended else { return }
        self[place].isCancelled = true
        guard revoke(place) else { return }
        switch self[place].folder.condition() {
        case .ended: break
        case .vanished where !self[place].folder.hasBegun: drop(place, &toCancel)
        // It died; how is seen later.
        case .vanished: break
        case .running:
            // One of a cluster looks itself whether it is revoked: the others go on.
            guard jobs[place.job].tasks[place.task].attempts.count == 1 else { return }
            jobs[place.job].id(place.task).map { toCancel.append($0) }
        }
    }

    /// Sees to it that an attempt does not begin, where it has not.
    mutating func withdraw(_ id: String, _ toCancel: inout [BatchJobID]) {
        guard let place = place(of: id), self[place].stage < .ended else { return }
        let folder = self[place].folder
        guard !folder.hasBegun, revoke(place) else { return tellStarted(place) }
        guard folder.condition() == .vanished, !folder.hasBegun else {
            // It was quicker.
            folder.reinstate()
            return tellStarted(place)
        }
        drop(place, &toCancel)
    }

    /// Tells that an attempt never begins, and takes its job away where it has no other.
    private mutating func drop(_ place: HostedPlace, _ toCancel: inout [BatchJobID]) {
        post(.message(.withdrawn(id: self[place].order.id)))
        self[place].stage = .done
        guard jobs[place.job].tasks[place.task].isDone else { return }
        jobs[place.job].tasks[place.task].isOver = true
        jobs[place.job].id(place.task).map { toCancel.append($0) }
    }

    private func revoke(_ place: HostedPlace) -> Bool {
        do {
            try self[place].folder.revoke()
            return true
        } catch {
            logger.error(
                "cannot be revoked",
                metadata: ["attempt": "\(self[place].order.id)", "cause": "\(error)"])
            return false
        }
    }

    // MARK: - Losses

    /// A task has left the queue without all results: what of it has not begun never does, and
    /// what still lives is waited for as long as it may live.
    mutating func lose(_ job: Int, _ task: Int, _ loss: BatchJobLoss) {
        let now = clock()
        let since = jobs[job].tasks[task].lostSince
        if since == nil { jobs[job].id(task).map { cancelJobs([$0]) } }
        jobs[job].tasks[task].lostSince = since ?? now
        for attempt in jobs[job].tasks[task].attempts.indices {
            let place = HostedPlace(job: job, task: task, attempt: attempt)
            guard self[place].stage < .ended, revoke(place) else { continue }
            switch self[place].folder.condition() {
            case .ended(let result) where result.ended != .cancelled || self[place].isCancelled:
                tell(result, of: place)
            case .running where now < (since ?? now) + longestLife(of: place): continue
            case .ended, .running, .vanished: giveUp(place, loss)
            }
        }
        jobs[job].tasks[task].isOver = jobs[job].tasks[task].hasAllResults
    }

    /// How long an attempt may live: its agent ends it then.
    private func longestLife(of place: HostedPlace) -> Duration {
        let limits = self[place].order.limits
        return .seconds(min(limits.walltime + limits.grace, 1e9) + 60)
    }

    /// Tells what is known of an attempt that has left no result.
    private mutating func giveUp(_ place: HostedPlace, _ loss: BatchJobLoss) {
        let attempt = self[place]
        let hasBegun = attempt.folder.hasBegun
        switch loss.cause {
        case _ where attempt.isCancelled && !hasBegun:
            self[place].stage = .done
            post(.message(.withdrawn(id: attempt.order.id)))
        case _ where attempt.isCancelled:
            tell(attempt.killed(loss.status, cause: .cancelled), of: place)
        case .outOfMemory where hasBegun:
            tell(attempt.killed(loss.status, evidence: .batchSystem), of: place)
        case .timedOut where hasBegun:
            tell(attempt.killed(loss.status, cause: .walltime), of: place)
        default:
            self[place].stage = .done
            post(.message(.refused(id: attempt.order.id, reason: reason(loss, place))))
        }
    }

    private func reason(_ loss: BatchJobLoss, _ place: HostedPlace) -> String {
        let what =
            switch loss.cause {
            case .outOfMemory: "ran out of memory"
            case .timedOut: "reached its time limit"
            case .preempted: "was preempted"
            case .nodeFailed: "lost its node"
            case .cancelled: "was cancelled"
            case .noResult: "ended without a result"
            case .forgotten: "is not known any more"
            }
        let id = jobs[place.job].id(place.task)?.description ?? jobs[place.job].name
        let words = [loss.status?.native, loss.status?.reason, loss.status?.host].compactMap { $0 }
            .filter { !$0.isEmpty && $0 != "None" }
        return "job \(id) \(what)" + (words.isEmpty ? "" : ": " + words.joined(separator: ", "))
    }
}

extension HostedAttempt {
    /// The result that an attempt would have left that the batch system has killed.
    fileprivate func killed(
        _ status: BatchJobStatus?, cause: AttemptResult.EndCause? = nil,
        evidence: AttemptResult.MemoryEvidence? = nil
    ) -> AttemptResult {
        let end = status?.ended.map(Double.init) ?? Date().timeIntervalSince1970
        let start = min(end, status?.started.map(Double.init) ?? end)
        return AttemptResult(
            id: order.id, token: order.token, start: start, end: end, exit: .signal(9),
            outOfMemory: evidence, ended: cause,
            message: "its job was ended by the batch system: \(status?.native ?? "")")
    }
}
