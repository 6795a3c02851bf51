import Execution

/// How a runner ended, for its JSON document.
struct OutcomeAnswer: Encodable {
    let sdc: String
    let completed: Int
    let failed: Int
    let unfinished: Int
    let blocked: Int
    let held: Int
    let replicasWaiting: Int
    let awaitingOutage: Int
    let awaitingStorage: Int
    let lettersSetAside: Int

    private enum CodingKeys: String, CodingKey {
        case sdc, completed, failed, unfinished, blocked, held
        case replicasWaiting = "replicas_waiting"
        case awaitingOutage = "awaiting_outage"
        case awaitingStorage = "awaiting_storage"
        case lettersSetAside = "letters_set_aside"
    }

    init(_ outcome: RunnerOutcome, of sdc: String) {
        self.sdc = sdc
        completed = outcome.completed
        failed = outcome.failed
        unfinished = outcome.unfinished
        blocked = outcome.blocked
        held = outcome.held
        replicasWaiting = outcome.pendingReplicas
        awaitingOutage = outcome.awaitingOutage
        awaitingStorage = outcome.awaitingStorage
        lettersSetAside = outcome.setAside
    }
}
