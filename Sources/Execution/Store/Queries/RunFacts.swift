public import GroundSegment

/// A run as a store has it, with what its attempts left.
public struct RunFacts: Sendable {
    /// The SDC whose runner has it.
    public let sdc: ID<SDC>
    public let run: Run
    /// When it ended; `nil` before.
    public let ended: MJD?
    /// SHA-256 of its graph's document, in hexadecimal.
    let graphDigest: String
    /// Of all payloads, by payload and number; empty where only the life was asked for.
    var attempts: [AttemptFacts] = []
    var outputs: [StoredOutput] = []
    var tags: [TagFacts] = []
    /// The runs that need it.
    var needing: [RunNeed] = []
    /// Names of the hosts of last attempts, by payload, other than the only host of a runner that
    /// has one.
    var hosts: [Int: String] = [:]
    /// What operators did to it, oldest first.
    var history: [OperatorEvent] = []

    var life: RunLife { run.life }

    /// Whether it is over.
    public var isOver: Bool { life.state.isFinal }

    /// The last attempt of each payload that has ended one.
    var lastAttempts: [Int: AttemptFacts] {
        Dictionary(
            attempts.map { ($0.payload, $0) },
            uniquingKeysWith: { $0.number > $1.number ? $0 : $1 })
    }
}

/// An attempt that has ended.
struct AttemptFacts: Hashable, Sendable {
    let payload: Int
    /// From 1.
    let number: Int
    let outcome: StoreChanges.AttemptRow.Outcome
    /// Given to it: cores, memory in MiB, walltime in seconds.
    let cores: Int
    let memory: Int
    let walltime: Double
    /// 128 plus the signal's number where a signal ended it.
    let exitCode: Int
    let started: MJD
    let ended: MJD
    /// Processor time, s.
    let userSeconds: Double
    let systemSeconds: Double
    /// Largest resident set of one process, and of all at once as far as it was sampled, KiB.
    let peakProcess: Int
    let peakTree: Int
    /// Largest address space of all processes, as far as it was sampled, KiB.
    let peakVirtual: Int
    let readBytes: Int
    let writtenBytes: Int
    /// What went wrong; empty where nothing did.
    let message: String

    /// Seconds from start to end.
    var duration: Double { max(0, (ended - started) * 86400) }
    var cpuSeconds: Double { userSeconds + systemSeconds }
    /// Largest resident set, KiB.
    var peakMemory: Int { max(peakProcess, peakTree) }
}

/// A word that somebody set on a run, or on one of its payloads.
struct TagFacts: Hashable, Sendable, Encodable {
    /// `nil` for the run's own.
    let payload: Int?
    let name: String
    let value: String
}

/// What all processes of an attempt used at one moment.
struct SampleFacts: Hashable, Sendable {
    let time: MJD
    /// Processor time until now, s.
    let cpuSeconds: Double
    let residentKiB: Int
    let virtualKiB: Int
    /// Until now.
    let readBytes: Int
    let writtenBytes: Int
}

/// Which runs are asked for; what is empty or `nil` asks nothing.
public struct RunFilter: Hashable, Sendable {
    /// Identifier or number of one run.
    public var name: String?
    public var states: Set<RunState> = []
    public var pipeline: String?
    /// Those that have not ended, and those that ended in the last days.
    public var days: Double?
    public var user: String?
    public var project: String?
    public var campaign: String?

    public init() {}

    func admits(_ origin: RunOrigin) -> Bool {
        (user ?? origin.user) == origin.user && (project ?? origin.project) == origin.project
            && (campaign ?? origin.campaign) == origin.campaign
    }
}

extension RunOrigin {
    /// Who asked for it; nobody by name where it is an order.
    var user: String { submission?.user ?? "" }

    /// The project; of an order its survey.
    var project: String {
        if case .order(let order) = self { order.survey.text } else { submission?.project ?? "" }
    }

    /// The campaign; of an order the release of the software that it has to be made with.
    var campaign: String {
        if case .order(let order) = self {
            order.softwareRelease
        } else {
            submission?.campaign ?? ""
        }
    }

    /// The share that it uses: what a submission says, else its campaign; of an order its survey.
    var share: String {
        if case .order(let order) = self { return order.survey.text }
        return submission?.share ?? campaign
    }

    private var submission: Submission? {
        switch self {
        case .order: nil
        case .submission(let submission), .parent(_, _, let submission): submission
        }
    }
}
