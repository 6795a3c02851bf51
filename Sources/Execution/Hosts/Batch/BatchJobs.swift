import BatchSystems
import Foundation
import Logging
import Payloads

/// The jobs of a runner at its site's batch system.
///
/// All that it does may wait for the system's commands.  What a job did is told by the results of
/// its attempts, what the system says is only of the job (`BatchJobLife`).
struct BatchJobs: Sendable {
    let site: BatchSite
    let program: String
    let ledger: BatchLedger
    /// Where the jobs' own folders are.
    let folder: String
    let clock: @Sendable () -> Duration
    let logger: Logger
    let post: @Sendable (HostNotice) -> Void

    /// In the order in which they are submitted.
    var jobs: [HostedJob] = []
    private var isLoaded = false
    private var isReady = false
    /// The most tasks of an array.
    private var arraySize = 1
    /// Questions that have failed one after the other.
    private var failures = 0

    init(
        site: BatchSite, program: String, ledger: BatchLedger, folder: String,
        clock: @escaping @Sendable () -> Duration, logger: Logger,
        post: @escaping @Sendable (HostNotice) -> Void
    ) {
        self.site = site
        self.program = program
        self.ledger = ledger
        self.folder = folder
        self.clock = clock
        self.logger = logger
        self.post = post
    }

    // MARK: - Finding the system

    /// Asks the system how the jobs are, looks for their results and submits what waits.
    mutating func look() {
        guard meet() else { return }
        observe()
        submitWaiting()
        removeDone()
    }

    /// Reads what an earlier runner has noted and sees whether the system answers.
    private mutating func meet() -> Bool {
        if !isLoaded {
            jobs = ledger.jobs(life: site.settings.life) { [logger] name, error in
                logger.error(
                    "a job's entry cannot be read",
                    metadata: ["job": "\(name)", "cause": "\(error)"]
                )
            }
            isLoaded = true
        }
        guard !isReady else { return true }
        do throws(BatchSystemError) {
            let limits = try site.system.limits()
            arraySize = max(1, min(limits.arraySize ?? 1000, site.settings.maxJobs))
        } catch {
            post(.absent("the batch system does not answer: \(error)"))
            return false
        }
        (isReady, failures) = (true, 0)
        var has: [String: String?] = [:]
        for attempt in jobs.flatMap(\.tasks).flatMap(\.attempts) where attempt.stage < .done {
            has.updateValue(attempt.order.cluster, forKey: attempt.order.id)
        }
        post(.ready(has: has))
        return true
    }

    /// The system has not answered; after so many times it is taken for gone until it does.
    mutating func failed(_ error: BatchSystemError) {
        failures += 1
        logger.warning("the batch system has failed", metadata: ["cause": "\(error)"])
        guard !error.isTemporary || failures > site.settings.monitorRetries else { return }
        isReady = false
        post(.absent("\(error)"))
    }

    mutating func answered() { failures = 0 }

    // MARK: - What the runner says

    mutating func take(_ messages: [RunnerMessage]) {
        var orders: [AttemptOrder] = []
        for case .start(let order) in messages where place(of: order.id) == nil {
            orders.append(order)
        }
        add(orders)
        var toCancel: [BatchJobID] = []
        for message in messages {
            switch message {
            case .cancel(let id, _): cancel(id, &toCancel)
            case .withdraw(let id): withdraw(id, &toCancel)
            case .acknowledge(let id): place(of: id).map { self[$0].stage = .done }
            case .hello, .start, .end, .kill: break
            }
        }
        cancelJobs(toCancel)
        if isReady { submitWaiting() }
        removeDone()
    }

    func cancelJobs(_ ids: [BatchJobID]) {
        guard !ids.isEmpty else { return }
        do throws(BatchSystemError) {
            try site.system.cancel(ids)
        } catch {
            // Each looks itself, at its start and later, whether it is revoked.
            logger.warning("jobs are not cancelled", metadata: ["cause": "\(error)"])
        }
    }

    /// Makes jobs of attempts: one after the other where they are a cluster, and like ones an
    /// array.
    private mutating func add(_ orders: [AttemptOrder]) {
        var clusters: [String: Int] = [:]
        var tasks: [[AttemptOrder]] = []
        for order in orders {
            if let cluster = order.cluster, let place = clusters[cluster] {
                tasks[place].append(order)
            } else {
                if let cluster = order.cluster { clusters[cluster] = tasks.count }
                tasks.append([order])
            }
        }
        var open: [BatchNeed: [[AttemptOrder]]] = [:]
        var needs: [BatchNeed] = []
        for task in tasks {
            let need = BatchNeed(task)
            if open[need] == nil { needs.append(need) }
            open[need, default: []].append(task)
            if open[need]?.count == arraySize, let full = open.removeValue(forKey: need) {
                add(full, need)
                needs.removeAll { $0 == need }
            }
        }
        for need in needs { open[need].map { add($0, need) } }
    }

    private mutating func add(_ tasks: [[AttemptOrder]], _ need: BatchNeed) {
        let token = String(tasks.first?.first?.token ?? 0)
        let padding = String(repeating: "0", count: max(0, 12 - token.count))
        let mark = String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16)
        let name = "sgs-\(padding)\(token)-\(mark)"
        let job = HostedJob(
            name: name, folder: "\(folder)/\(name)", need: need,
            tasks: tasks.map { task in
                HostedTask(attempts: task.map(HostedAttempt.init), life: site.settings.life)
            }, mayBeThere: false)
        do {
            try ledger.add(job)
            jobs.append(job)
        } catch {
            let reason = "\(error)"
            logger.error(
                "a job cannot be noted", metadata: ["job": "\(name)", "cause": "\(reason)"])
            for order in tasks.joined() { post(.message(.refused(id: order.id, reason: reason))) }
        }
    }

    /// Takes out what nobody waits for.
    mutating func removeDone() {
        for job in jobs where job.isDone {
            do { try ledger.remove(job) } catch {
                logger.warning(
                    "cannot remove", metadata: ["job": "\(job.name)", "cause": "\(error)"])
            }
        }
        jobs.removeAll(where: \.isDone)
    }
}

/// Where an attempt is.
struct HostedPlace: Hashable, Sendable {
    let job: Int
    let task: Int
    let attempt: Int
}

extension BatchJobs {
    func place(of id: String) -> HostedPlace? {
        for (job, hosted) in jobs.enumerated() {
            for (task, one) in hosted.tasks.enumerated() {
                guard let attempt = one.attempts.firstIndex(where: { $0.order.id == id }) else {
                    continue
                }
                return HostedPlace(job: job, task: task, attempt: attempt)
            }
        }
        return nil
    }

    subscript(place: HostedPlace) -> HostedAttempt {
        get { jobs[place.job].tasks[place.task].attempts[place.attempt] }
        set { jobs[place.job].tasks[place.task].attempts[place.attempt] = newValue }
    }
}
