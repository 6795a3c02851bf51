public import GroundSegment
public import Workflows

/// A run in the hands of its runner: where it comes from, the life of its payloads, and the files
/// that it reads.
public struct Run: Sendable {
    /// Its number in the runner's store.
    let number: Int64
    public let id: ID<Run>
    public internal(set) var origin: RunOrigin
    /// Number of the times that this runner has run the order or submission, from 1.
    let attempt: Int
    let taken: MJD
    var life: RunLife
    /// Empty until they are all here.
    var inputs: [StagedInput] = []
    /// What the first payloads of nodes or categories used, by `RunLife.scoutGroup`, where the others
    /// learn from them.
    var scouts: [String: Scouts] = [:]
    /// The order's priority at its source, as it was told last; `nil` while that is its own.
    var wishedPriority: Int?
    /// Made by hand, held until it is submitted, and to be edited till then.
    var isDraft = false
    /// When it was submitted; `nil` before.
    var queued: MJD?
    /// An operator's words.
    var description = ""
    /// The runs that have to complete before it begins.
    var needs: [RunNeed] = []

    /// Larger runs first: what it was asked with, and what an operator added.
    var priority: Int { origin.priority + life.priority }

    /// The part of its inputs that this SDC holds itself; all where it has none.
    var locality: Double {
        guard !inputs.isEmpty else { return 1 }
        return Double(inputs.count { !$0.isCached }) / Double(inputs.count)
    }

    /// Whether its inputs are not here yet, and it may have them.
    var isToBeStaged: Bool { life.state == .pending }

    /// What a payload's next attempt is given: its own request, or what was learnt from the first
    /// ones of its node; after an attempt without success never less than its own.
    func request(_ payload: Int) -> Resources? {
        guard var own = life.request(payload) else { return nil }
        let past = life[payload]
        if past.memory == nil, past.resources == nil { own = asOrdered(own) }
        guard !scouts.isEmpty, past.memory == nil, past.resources == nil,
            let learnt = scouts[life.scoutGroup(of: payload)]?.request(own)
        else { return own }
        guard past.failures + past.losses > 0 else { return learnt }
        var most = own
        most.memory = max(own.memory, learnt.memory)
        most.walltime = max(own.walltime, learnt.walltime)
        return most
    }

    /// What a payload asks for by itself, or by what its order's campaign has measured of others.
    private func asOrdered(_ own: Resources) -> Resources {
        guard let request = order?.task?.request else { return own }
        var ordered = own
        ordered.memory = request.memoryPerCore * max(1, own.cores)
        ordered.walltime = request.walltime
        // A limit of its TMPDIR: what was enough for others is none for it.
        ordered.temporary = own.temporary.map { max($0, request.disk ?? 0) }
        return ordered
    }

    /// Whether nothing of it has begun: it may still be linked.
    var isBeforeItsBegin: Bool {
        let record = life.record
        return (record.heldFrom ?? record.state) == .pending
    }

    /// The order that it carries out; `nil` where it was submitted by hand.
    var order: ProcessingOrder? {
        if case .order(let order) = origin { order } else { nil }
    }

    /// The name of a run of `pipeline` that began at `instant`:
    /// `RUN_20201006_145757_784911_observation`, date, time and microseconds in UTC.
    static func name(pipeline: String, at instant: MJD) -> ID<Run> {
        let microseconds = Int((instant.posixSeconds * 1e6).rounded())
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let digits = MJD(posixSeconds: Double(seconds)).iso8601.filter(\.isNumber)
        let fraction = String(rest + 1_000_000).dropFirst()
        return ID("RUN_\(digits.prefix(8))_\(digits.dropFirst(8))_\(fraction)_\(pipeline)")
    }
}

/// What a run is the carrying out of.
public enum RunOrigin: Hashable, Sendable {
    /// An order of the catalogue or of the order folder.
    case order(ProcessingOrder)
    /// Somebody's own wish.
    case submission(Submission)
    /// A payload of another run asked for it.
    case parent(ID<Run>, payload: String, Submission)

    /// The release of the pipelines' software that has to be used.
    var softwareRelease: String {
        switch self {
        case .order(let order): order.softwareRelease
        case .submission(let submission), .parent(_, _, let submission):
            submission.softwareRelease
        }
    }

    /// What a submission says of how its payloads are handed over together.
    var cluster: ClusterTerms? {
        switch self {
        case .order: nil
        case .submission(let submission), .parent(_, _, let submission): submission.cluster
        }
    }

    /// The identifier of the order or of the submission.
    var identifier: String {
        switch self {
        case .order(let order): order.id.text
        case .submission(let submission), .parent(_, _, let submission): submission.id
        }
    }

    /// When it was due: among equals, what was due first runs first.
    func release(or taken: MJD) -> MJD {
        if case .order(let order) = self { order.release } else { taken }
    }
}

/// A run that somebody asks for by hand.
public struct Submission: Hashable, Sendable, Codable {
    /// Unique in the runner's store.
    public let id: String
    public let pipeline: String
    /// The files of each input port.
    public let inputs: [String: [String]]
    public let softwareRelease: String
    public let priority: Int
    /// Who asked, for what project and campaign; may be empty.
    public let user: String
    public let project: String
    public let campaign: String
    /// Nothing that other runs have done stands for what it has to do.
    public let isForced: Bool
    /// How its payloads are handed over together, where the graph does not say it.
    public let cluster: ClusterTerms?
    /// The share of the site's hosts that it uses; its campaign's where `nil`.
    public let share: String?

    public init(
        id: String, pipeline: String, inputs: [String: [String]] = [:],
        softwareRelease: String = "", priority: Int = 0, user: String = "", project: String = "",
        campaign: String = "", isForced: Bool = false,
        cluster: ClusterTerms? = nil, share: String? = nil
    ) {
        self.id = id
        self.pipeline = pipeline
        self.inputs = inputs
        self.softwareRelease = softwareRelease
        self.priority = priority
        self.user = user
        self.project = project
        self.campaign = campaign
        self.isForced = isForced
        self.cluster = cluster
        self.share = share
    }
}
