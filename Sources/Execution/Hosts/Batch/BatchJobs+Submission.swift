import BatchSystems
import Logging
import Payloads

/// From the order to the queue.
extension BatchJobs {
    /// Submits what waits, in its order, as far as the site allows.
    mutating func submitWaiting() {
        var free = site.settings.maxJobs - jobs.filter { $0.base != nil }.reduce(0) { $0 + $1.open }
        for place in jobs.indices where jobs[place].base == nil && jobs[place].open > 0 {
            guard jobs[place].open <= free else { return }
            do throws(BatchSystemError) {
                guard let base = try submit(jobs[place]) else {
                    for task in jobs[place].tasks.indices {
                        lose(place, task, BatchJobLoss(.forgotten, nil))
                    }
                    continue
                }
                answered()
                free -= jobs[place].open
                keep(base, of: place)
            } catch {
                switch error.code {
                case .refused, .badJob: refuse(place, error.message)
                default:
                    jobs[place].mayBeThere = true
                    failed(error)
                    return
                }
            }
        }
    }

    /// Submits a job that the system does not have.
    ///
    /// - Returns: its number; `nil` where the system has had it and knows it no more.
    private func submit(_ job: HostedJob) throws(BatchSystemError) -> String? {
        if job.mayBeThere {
            if let base = try site.system.find(name: job.name).keys.min()?.base { return base }
            // One that the system has forgotten has been there where it left anything behind.
            let attempts = job.tasks.flatMap(\.attempts)
            guard attempts.allSatisfy({ !$0.folder.hasBegun }) else { return nil }
        }
        return try site.system.submit(job.batchJob(program: program)).min()?.base
    }

    private mutating func keep(_ base: String, of place: Int) {
        jobs[place].base = base
        do {
            try ledger.save(jobs[place])
        } catch {
            // The next start finds it by its name.
            logger.error(
                "a job's number cannot be noted",
                metadata: ["job": "\(jobs[place].name)", "cause": "\(error)"])
        }
        logger.debug("submitted", metadata: ["job": "\(jobs[place].name)", "number": "\(base)"])
    }

    /// The system does not take a job: none of its attempts ever begins.
    private mutating func refuse(_ place: Int, _ reason: String) {
        for task in jobs[place].tasks.indices {
            jobs[place].tasks[task].isOver = true
            for attempt in jobs[place].tasks[task].attempts.indices {
                let found = HostedPlace(job: place, task: task, attempt: attempt)
                guard self[found].stage < .ended else { continue }
                self[found].stage = .done
                let id = self[found].order.id
                post(.message(.refused(id: id, reason: "the batch system refuses it: \(reason)")))
            }
        }
    }
}
