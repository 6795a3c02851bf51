import GroundSegment
import Logging
import Payloads
import Workflows

/// Where a runner is: its runs, the payloads that wait, what the host is doing, and what is under
/// way besides.
///
/// It does nothing itself. An event changes it, and leaves what has to be written (`changes`) and
/// what has to be done after that (`effects`) for its caller.
struct RunnerState: Sendable {
    let configuration: RunnerConfiguration
    let logger: Logger

    var runs: [Int64: Run] = [:]
    var queue: ReadyQueue<Int64>
    var hosts: [HostID: HostState] = [:]
    /// The hosts for which payloads are chosen, in that order.
    var openHosts: [HostID] = []
    var absence = HostAbsence()
    /// Hosts know that there is something in line.
    var areHostsCalled = false
    /// Where attempts of before this start were sent, other than to the only host.
    var placements: [PayloadKey: RunStore.Placement] = [:]
    /// Attempts that hosts have been asked for, by their identifiers.
    var underWay: [String: AttemptUnderWay] = [:]
    /// Nodes whose first payloads are being measured, by their run and label.
    var scouting: [Int64: [String: Scouting]] = [:]
    /// What of each cluster the host has, and of each attempt that is in none.
    var clusters: [String: Set<String>] = [:]
    /// The identifier of the present attempt of a payload.
    var attempts: [PayloadKey: String] = [:]
    /// What a run that has completed leaves, until its end is written.
    var kept: [Int64: OutputKeeping.Result] = [:]

    var toStage: [Int64] = []
    var staging: Int64?
    /// Runs whose inputs are only at SDCs in a full outage.
    var parked: Set<Int64> = []
    /// What waits until a storage can be used.
    var waits: StorageWaits
    /// There may be copies that no order needs; while they are removed nothing is staged.
    var hasIdleCopies = false
    var isDropping = false
    var isSending = false
    var isRetaining = false
    /// Runs that have ended since what they left was last looked through.
    var endedRuns = 0
    var hasMoreToSend = false
    var isTaking = false
    /// New orders were asked for since the start; the source was then told what is held.
    var wereOrdersAskedFor = false
    var isAsking = false
    /// What was told last of what the runner waits for.
    private var toldWaits: [OrderWait] = []
    /// Pipelines whose orders are not taken, and why, as the orders' source was told last.
    var heldPipelines: [String: String] = [:]
    var isAskingWishes = false
    /// Orders that are being sent back.
    var refusals = 0
    var isMoving = false
    /// It is looked whether a self-test is asked for, or one is done.
    var isTesting = false
    /// That was looked for since the start.
    var wasTestLookedFor = false
    /// When it was last looked for owners that lack products.
    var lastMove: MJD?
    var isDraining = false
    /// Nothing more is to be done for this start.
    var isDone = false
    var sourceFailures = 0
    var lastToken: Int64
    /// Number of the last command that was applied.
    var lastCommand: Int64 = 0
    /// Payloads by their run for which what has been done already is looked for.
    var lookingUp: [Int64: Set<Int>] = [:]
    /// Payloads by their run that are put in line when nothing of it is looked for any more, so
    /// that those come together which may be handed over together.
    var toLine: [Int64: [Int]] = [:]
    /// Files of runs that are being read or kept.
    var filesUnderWay = 0
    var outcome = RunnerOutcome()

    var changes = StoreChanges()
    var effects: [RunnerEffect] = []

    /// Consecutive failures of the source after which a runner that is to end when idle gives up.
    static let patience = 12

    /// An attempt that a host was asked for, or will be as soon as it is prepared.
    struct AttemptUnderWay: Sendable {
        let key: AttemptKey
        let plan: AttemptPlan
        let host: HostID
        /// The cluster that it is in, by its first attempt; itself where it is in none.
        var cluster: String
        /// Its host was told.
        var isSent = false
        /// Its process is over; only its files have still to be looked at.
        var hasEnded = false
        /// What its attempt is of.
        var contentKey: String?
        /// Its inputs were brought again for it once.
        var isRepaired = false
    }

    init(
        configuration: RunnerConfiguration, lastToken: Int64, logger: Logger
    ) {
        self.configuration = configuration
        self.lastToken = lastToken
        self.logger = logger
        queue = ReadyQueue(rule: configuration.choice)
        waits = StorageWaits(pauses: configuration.storagePauses)
        if !configuration.hasManyHosts {
            hosts[.here] = HostState(room: configuration.room)
        }
    }

    /// Runs that are under way or staged ahead, so that the host has always something to do.
    var capacity: Int { 4 + 2 * min(configuration.room.cores, configuration.mostAtHost) }

    /// Takes what is to be written and done; the state goes on without it.
    mutating func take() -> (changes: StoreChanges, effects: [RunnerEffect]) {
        defer {
            changes = StoreChanges()
            effects = []
        }
        return (changes, effects)
    }

    /// Lets an event change the state.
    mutating func handle(_ event: RunnerEvent, at now: MJD) throws {
        switch event {
        case .wake:
            toStage += parked.sorted()
            parked = []
            askWishes()
            moveReplicas(at: now)
            lookForSelfTest()
            takeOrders()
            stageNext()
            flush(at: now)
            effects.append(.readInbox)
        case .given(let sequence, let reply):
            effects += [.awaitAnswer(sequence, reply), .readInbox]
        case .asked(let question, let reply): reply.send(self.answer(to: question, at: now))
        case .taken(let result): try taken(result)
        case .outstanding(let result): try outstanding(result)
        case .wishes(let result): try wishes(result, at: now)
        case .moved(let count): moved(count, at: now)
        case .selfTested: (isTesting, wasTestLookedFor) = (false, true)
        case .refused(let result):
            refusals -= 1
            switch result {
            case .success: outcome.failed += 1
            case .failure(let error): try sourceFailed(error)
            }
        case .staged(let run, let result): try staged(run, result, at: now)
        case .listed(let key, let result): try listed(key, result, at: now)
        case .measured(let key, let result): try measured(key, result, at: now)
        case .lookedUp(let key, let found): try lookedUp(key, found, at: now)
        case .prepared(let attempts):
            for (key, result) in attempts { try prepared(key, result, at: now) }
        case .host(let host, let notice): try handle(notice, of: host, at: now)
        case .demanded(let reply): reply.send(demand(at: now))
        case .found(let key, let result, let hasBegun):
            try found(key, result, hasBegun: hasBegun, at: now)
        case .examined(let key, let result, let examination):
            try conclude(key, result, examination, at: now)
        case .kept(let run, let result): try storedOutputs(run, result, at: now)
        case .flushed(let result): try flushed(result, at: now)
        case .repaired(let key, let result): try repaired(key, result, at: now)
        case .retained: isRetaining = false
        case .dropped(let isDone):
            isDropping = false
            stageNext()
            hasIdleCopies = hasIdleCopies || !isDone
        case .drain:
            if !isDraining { logger.notice("draining: nothing more is taken") }
            isDraining = true
        case .broken(let error): throw error
        }
        retryWaits(at: now)
        try startPayloads(at: now)
        callHosts()
        try considerHost()
    }

    /// Whether a runner that ends when nothing is due could end, as far as it knows itself.
    private var isIdle: Bool {
        !isSending && !isTaking && !isDropping && staging == nil && sourceFailures == 0
            && !isRetaining && !isStorageTried && refusals == 0 && !isTesting && wasTestLookedFor
            && runs.allSatisfy { isLeft($0.key) || isResting && isIdle($0.value) }
    }

    /// Whether a run's inputs are not to be brought before something else happens.
    private func isIdle(_ run: Run) -> Bool { !run.isToBeStaged || isAwaiting(run) }

    /// Whether nothing happens before an operator says so, but for what has to be staged.
    private var isResting: Bool { underWay.isEmpty && queue.count == 0 && filesUnderWay == 0 }

    /// Looks whether the runner is done; whether nothing is due is asked of the source.
    mutating func considerEnd() {
        guard !isMoving else { return }
        if isDraining {
            isDone =
                !isSending && refusals == 0 && !isTaking && !isDropping && staging == nil
                && !isTesting
                && (isResting || isWithoutHost && filesUnderWay == 0
                    || runs.values.allSatisfy { $0.life.state == .pending })
        } else if configuration.endsWhenIdle, isIdle, !isAsking {
            isAsking = true
            effects.append(.askOutstanding)
        }
    }

    private mutating func outstanding(_ result: Result<DueOrders, ExecutionError>) throws {
        isAsking = false
        switch result {
        case .success(let due):
            outcome.blocked = due.orders.blocked
            outcome.held = due.orders.held
            tell(due.waits)
            if due.orders.waiting == 0, wereOrdersAskedFor {
                isDone = isIdle
            } else {
                takeOrders()
            }
        case .failure(let error): try sourceFailed(error)
        }
    }

    /// Tells what a runner that has nothing else to do waits for, where that is another thing
    /// than what was told last.
    private mutating func tell(_ waits: [OrderWait]) {
        guard waits != toldWaits else { return }
        toldWaits = waits
        for wait in waits {
            logger.notice(
                "order waits", metadata: ["order": "\(wait.order)", "cause": "\(wait.reason)"])
        }
    }

    func metadata(_ run: Run, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        var metadata = more
        metadata["run"] = "\(run.id)"
        if let order = run.order { metadata["order"] = "\(order.id)" }
        return metadata
    }
}
