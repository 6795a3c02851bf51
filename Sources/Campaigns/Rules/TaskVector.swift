public import GroundSegment

/// A task of a campaign among all campaigns.
public struct TaskKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let campaign: ID<Campaign>
    public let task: ID<CampaignTask>

    public init(_ campaign: ID<Campaign>, _ task: ID<CampaignTask>) {
        self.campaign = campaign
        self.task = task
    }

    /// `dr1/vis`.
    public var description: String { "\(campaign)/\(task)" }

    public static func < (left: TaskKey, right: TaskKey) -> Bool {
        left.campaign == right.campaign ? left.task < right.task : left.campaign < right.campaign
    }
}

/// How many jobs of a task are how far.
public struct JobCounts: Hashable, Sendable {
    /// Jobs that there are to be, defined or not; may grow while a task is open.
    public var total: Int
    /// Whether `total` is known, which it is not before the task's items were looked up.
    public var isCounted: Bool
    /// Defined and not over.
    public var active: Int
    public var finished: Int
    /// Failed, closed or cancelled, and not to be tried again.
    public var lost: Int

    public init(
        total: Int = 0, isCounted: Bool = false, active: Int = 0, finished: Int = 0, lost: Int = 0
    ) {
        self.total = total
        self.isCounted = isCounted
        self.active = active
        self.finished = finished
        self.lost = lost
    }

    /// Jobs that are still to be defined.
    public var undefined: Int { max(0, total - active - finished - lost) }

    public var progress: JobProgress {
        if active > 0 { return .active }
        if isCounted, undefined == 0 { return .over }
        return finished + lost > 0 ? .waiting : .none
    }

    /// What is lost where nothing more is defined: everything that did not finish.
    public func outcome(_ tolerance: LossTolerance, isCutShort: Bool) -> Outcome {
        let lost = max(self.lost, total - finished)
        if lost == 0 { return .complete }
        if isCutShort, finished > 0 { return .tolerated }
        return tolerance.takes(lost, of: total) && finished > 0 ? .tolerated : .excessive
    }
}

/// An input of a task: its state, and what is there of the data set.
public struct InputVector: Hashable, Sendable {
    public let data: ID<DataSet>
    public var state: InputState
    /// Parts of the data set that the task needs in all.
    public var expected: Int
    /// Parts of them that are there.
    public var available: Int
    /// Parts that the task knows to be there: jobs are defined from these.
    public var known: Int
    /// Of data from outside: whether no more will come, since all is there or the rest was given
    /// up. Not looked at where a task makes the data set.
    public var isClosed: Bool
    /// Of data from outside: whether what is missing is lost for good.
    public var isLost: Bool
    /// Hours until the next part is expected; `nil` where none is.
    public var next: Double?
    /// Hours since the first part that is missing was due; 0 where none is overdue.
    public var overdue: Double

    public init(
        data: ID<DataSet>, state: InputState = .defined, expected: Int = 0, available: Int = 0,
        known: Int = 0, isClosed: Bool = false, isLost: Bool = false, next: Double? = nil,
        overdue: Double = 0
    ) {
        self.data = data
        self.state = state
        self.expected = expected
        self.available = available
        self.known = known
        self.isClosed = isClosed
        self.isLost = isLost
        self.next = next
        self.overdue = overdue
    }

    /// The part of the data set that is there, 0 to 1.
    public var coverage: Double {
        expected > 0 ? min(1, Double(available) / Double(expected)) : 1
    }
}

/// An output of a task with its state.
public struct OutputVector: Hashable, Sendable {
    public let data: ID<DataSet>
    public var state: OutputState

    public init(data: ID<DataSet>, state: OutputState = .defined) {
        self.data = data
        self.state = state
    }
}

/// A task as the rules see it (DEFT's state vector): its state, the states of its inputs and
/// outputs, and what is known of its jobs.
public struct TaskVector: Hashable, Sendable {
    public let key: TaskKey
    public var state: TaskState
    /// Where a paused task was; `nil` where it is not paused.
    public var interrupted: TaskState?
    public var policy: TaskPolicy
    public var jobs: JobCounts
    public var inputs: [InputVector]
    public var outputs: [OutputVector]
    public var scouts: ScoutProgress
    public var admission: Admission
    public var placement: PlacementProgress
    public var preparation: StepProgress
    public var merging: StepProgress
    /// Whether an operator has let it go on with what there is (`release`).
    public var isReleased: Bool
    /// Whether an operator has ended it early (`finish`).
    public var isCutShort: Bool

    public init(
        key: TaskKey, state: TaskState = .registered, interrupted: TaskState? = nil,
        policy: TaskPolicy = TaskPolicy(), jobs: JobCounts = JobCounts(),
        inputs: [InputVector] = [], outputs: [OutputVector] = [], scouts: ScoutProgress = .none,
        admission: Admission = .awaited, placement: PlacementProgress = .open,
        preparation: StepProgress = .none, merging: StepProgress = .none,
        isReleased: Bool = false, isCutShort: Bool = false
    ) {
        self.key = key
        self.state = state
        self.interrupted = interrupted
        self.policy = policy
        self.jobs = jobs
        self.inputs = inputs
        self.outputs = outputs
        self.scouts = scouts
        self.admission = admission
        self.placement = placement
        self.preparation = preparation
        self.merging = merging
        self.isReleased = isReleased
        self.isCutShort = isCutShort
    }

    /// The vector of a task that nothing has happened to.
    public init(_ task: CampaignTask, of campaign: ID<Campaign>) {
        self.init(
            key: TaskKey(campaign, task.id), policy: task.policy,
            inputs: task.inputs.map { InputVector(data: $0) },
            outputs: task.outputs.map { OutputVector(data: $0) },
            scouts: task.policy.scouts > 0 ? .open : .none,
            preparation: task.preparation == nil ? .none : .open,
            merging: task.merging == nil ? .none : .open)
    }
}
