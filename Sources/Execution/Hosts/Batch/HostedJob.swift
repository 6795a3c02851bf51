import BatchSystems
import Payloads

/// A job that was or is to be submitted for payloads.
struct HostedJob: Sendable {
    let name: String
    /// Its own folder, with its orders, its script and what it prints.
    let folder: String
    let need: BatchNeed
    var tasks: [HostedTask]
    /// The number that the system has given it; `nil` until it is known to have it.
    var base: String?
    /// Whether the system may have it though it has no number yet.
    var mayBeThere: Bool

    /// What is to be submitted.
    func batchJob(program: String) -> BatchJob {
        BatchJob(
            name: name, count: tasks.count, program: program, arguments: ["attempt", folder],
            folder: folder, need: need)
    }

    /// The system's name of a task, by its place.
    func id(_ task: Int) -> BatchJobID? {
        base.map { BatchJobID($0, index: tasks.count == 1 ? nil : task + 1) }
    }

    /// Tasks that are or will be in the queue.
    var open: Int { tasks.count { !$0.isOver } }

    /// Whether nothing of it is waited for any more.
    var isDone: Bool { tasks.allSatisfy(\.isDone) }
}

/// One task of a job: a payload, or a cluster of payloads that run one after the other.
struct HostedTask: Sendable {
    var attempts: [HostedAttempt]
    var life: BatchJobLife
    /// It has left the queue, or nothing of it is waited for.
    var isOver = false
    /// Since when it is lost though something of it lives.
    var lostSince: Duration?

    var isDone: Bool { attempts.allSatisfy { $0.stage == .done } }
    var hasAllResults: Bool { attempts.allSatisfy { $0.stage >= .ended } }
}

/// One attempt of a payload at the batch system.
struct HostedAttempt: Sendable {
    enum Stage: Int, Comparable, Sendable {
        case waiting, started, ended
        /// Nobody waits for it.
        case done

        static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
    }

    let order: AttemptOrder
    var stage = Stage.waiting
    var isCancelled = false
    /// How many of its subjobs were told.
    var subjobs = 0

    init(_ order: AttemptOrder) {
        self.order = order
    }

    var folder: AttemptFolder { AttemptFolder(path: order.folder) }
}

extension BatchNeed {
    /// MiB for the agent itself, beside its payload.
    private static let ownMemory = 64
    /// Seconds by which the job's limit is above what its payloads may take, so that it is their
    /// own limit which ends them.
    private static let ownTime = 120.0
    /// The longest walltime, seconds, and the step to which it is rounded up.
    private static let (longest, step) = (1e8, 60.0)

    /// What attempts need that run one after the other in one job.
    init(_ orders: [AttemptOrder]) {
        let needs = orders.map(\.need)
        let seconds = orders.reduce(Self.ownTime) { $0 + $1.limits.walltime + $1.limits.grace }
        self.init(
            cores: max(1, needs.map(\.cores).max() ?? 1),
            memory: max(1, needs.map(\.memory).max() ?? 1) + Self.ownMemory,
            walltime: seconds < Self.longest
                ? Int((seconds / Self.step).rounded(.up) * Self.step) : nil,
            gpus: max(0, needs.map(\.gpus).max() ?? 0))
    }
}
