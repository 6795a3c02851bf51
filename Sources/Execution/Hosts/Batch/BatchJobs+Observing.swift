import BatchSystems
import Foundation
import Logging
import Payloads

/// What becomes of the jobs in the queue.
extension BatchJobs {
    /// Asks the system of all jobs at once, then looks for results, then asks of those that are
    /// gone without one.
    mutating func observe() {
        var ids: [BatchJobID] = []
        for job in jobs {
            for task in job.tasks.indices where !job.tasks[task].isOver {
                job.id(task).map { ids.append($0) }
            }
        }
        var statuses: [BatchJobID: BatchJobStatus]?
        if !ids.isEmpty {
            do throws(BatchSystemError) {
                statuses = try site.system.poll(ids)
                answered()
            } catch {
                failed(error)
            }
        }
        var missing: [(job: Int, task: Int, id: BatchJobID)] = []
        for job in jobs.indices {
            for task in jobs[job].tasks.indices where !jobs[job].tasks[task].isOver {
                lookForResults(job, task)
                guard let id = jobs[job].id(task), let statuses else { continue }
                if see(statuses[id], job, task) { missing.append((job, task, id)) }
            }
        }
        guard !missing.isEmpty else { return }
        // Without accounts there are none.
        let known = (try? site.system.afterEnd(missing.map(\.id))) ?? [:]
        for (job, task, id) in missing {
            _ = jobs[job].tasks[task].life.accounting(known[id])
        }
    }

    /// - Returns: whether accounting is to be asked.
    private mutating func see(_ status: BatchJobStatus?, _ job: Int, _ task: Int) -> Bool {
        if let status, status.state == .running || status.state == .completing,
            jobs[job].tasks[task].attempts.count == 1
        {
            tellStarted(
                HostedPlace(job: job, task: task, attempt: 0), at: status.started.map(Double.init))
        }
        let hasResult = jobs[job].tasks[task].hasAllResults
        switch jobs[job].tasks[task].life.seen(status, hasResult: hasResult, at: clock()) {
        case .wait, .lookAgain: return false
        case .askAccounting: return true
        case .end: jobs[job].tasks[task].isOver = true
        case .lose(let loss): lose(job, task, loss)
        }
        return false
    }

    /// Tells the results that have come, and what runs.
    private mutating func lookForResults(_ job: Int, _ task: Int) {
        for attempt in jobs[job].tasks[task].attempts.indices {
            let place = HostedPlace(job: job, task: task, attempt: attempt)
            guard self[place].stage < .ended else { continue }
            switch self[place].folder.condition() {
            // Of a lost one it is told with the loss.
            case .ended(let result):
                if jobs[job].tasks[task].lostSince == nil { tell(result, of: place) }
            case .running:
                tellStarted(place)
                tellSubjobs(place)
            case .vanished: break
            }
        }
        // One without a number may have been there, and be forgotten.
        if jobs[job].base == nil, jobs[job].tasks[task].hasAllResults {
            jobs[job].tasks[task].isOver = true
        }
    }

    mutating func tellStarted(_ place: HostedPlace, at time: Double? = nil) {
        guard self[place].stage == .waiting else { return }
        self[place].stage = .started
        post(
            .message(
                .started(
                    id: self[place].order.id, pid: 0,
                    time: time ?? Date().timeIntervalSince1970)))
    }

    private mutating func tellSubjobs(_ place: HostedPlace) {
        let id = self[place].order.id
        let subjobs = self[place].folder.subjobs()
        for number in subjobs.indices.dropFirst(self[place].subjobs) {
            post(.message(.subjob(id: id, number: number, text: subjobs[number])))
        }
        self[place].subjobs = max(self[place].subjobs, subjobs.count)
    }

    /// Tells a result, and before it all that its agent would have told.
    mutating func tell(_ result: AttemptResult, of place: HostedPlace) {
        let attempt = self[place]
        guard result.id == attempt.order.id, result.token == attempt.order.token else {
            logger.error("a result is another attempt's", metadata: ["id": "\(result.id)"])
            return
        }
        if case .notStarted = result.exit {} else { tellStarted(place, at: result.start) }
        tellSubjobs(place)
        for sample in attempt.folder.samples() where sample.id == result.id {
            post(.message(.sample(sample)))
        }
        self[place].stage = .ended
        var result = result
        if attempt.isCancelled, result.ended == .agentEnded { result.ended = .cancelled }
        post(.message(.ended(result)))
    }
}
