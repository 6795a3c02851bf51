import GroundSegment

/// What waits until a storage can be used again, each with the reason. A pause that has ended
/// without success is followed by one twice as long.
struct StorageWaits: Sendable {
    enum Subject: Hashable, Sendable {
        /// The inputs of a run are to be brought.
        case inputs(Int64)
        /// The outputs of a run are to be kept.
        case outputs(Int64)
        /// Payloads need folders to start in.
        case starts
        /// Products are to be copied to their secondaries.
        case replicas

        var run: Int64? {
            switch self {
            case .inputs(let run), .outputs(let run): run
            case .starts, .replicas: nil
            }
        }
    }

    struct Wait: Hashable, Sendable {
        let reason: String
        let until: MJD
        /// Seconds until then.
        let pause: Double
        /// How often it was in vain, from 1.
        let tries: Int
        /// It is being tried again.
        var isTried = false
    }

    private(set) var waits: [Subject: Wait] = [:]
    /// Seconds.
    private let pauses: ClosedRange<Double>

    init(pauses: ClosedRange<Double>) { self.pauses = pauses }

    subscript(subject: Subject) -> Wait? { waits[subject] }

    /// It was in vain once more.
    ///
    /// - Returns: whether the reason is new.
    mutating func fail(_ subject: Subject, _ reason: String, at now: MJD) -> Bool {
        let last = waits[subject]
        let pause = last.map { min($0.pause * 2, pauses.upperBound) } ?? pauses.lowerBound
        waits[subject] = Wait(
            reason: reason, until: now + pause / 86400, pause: pause, tries: (last?.tries ?? 0) + 1)
        return last?.reason != reason
    }

    /// It went well, or is not to be done any more.
    mutating func end(_ subject: Subject) { waits[subject] = nil }

    /// A run is over.
    mutating func end(run: Int64) {
        end(.inputs(run))
        end(.outputs(run))
    }

    /// Whether it is not to be tried yet.
    func isPausing(_ subject: Subject, at now: MJD) -> Bool {
        waits[subject].map { !isDue($0, at: now) } ?? false
    }

    /// What is to be tried again now; each once until it is known what came of it.
    mutating func takeDue(at now: MJD) -> [Subject] {
        let due = waits.filter { !$0.value.isTried && isDue($0.value, at: now) }.map(\.key)
        for subject in due { waits[subject]?.isTried = true }
        return due.sorted { ($0.run ?? 0) < ($1.run ?? 0) }
    }

    /// When something is to be tried next.
    var nextTime: MJD? { waits.values.filter { !$0.isTried }.map(\.until).min() }

    /// A clock that was put back makes no pause longer.
    private func isDue(_ wait: Wait, at now: MJD) -> Bool {
        wait.until <= now || (wait.until - now) * 86400 > wait.pause * 2
    }
}
