import GroundSegment
import Logging

extension RunnerState {
    /// Tries in vain after which a runner that is to end when idle counts a run as one that is
    /// left for the next start.
    static let triesBeforeLeaving = 8

    /// Something waits for a storage: it is said once, and again when the reason changes.
    mutating func wait(
        for subject: StorageWaits.Subject, because reason: String, at now: MJD
    ) {
        let isFirst = waits.waits.isEmpty
        guard waits.fail(subject, reason, at: now) else { return }
        if isFirst { tellOfStorage(reason, at: now) }
        let text = "waits for storage: \(reason)"
        guard let number = subject.run else {
            return logger.warning("\(subject) wait for storage", metadata: ["cause": "\(reason)"])
        }
        guard let run = runs[number] else { return }
        changes.waits.append((number, text))
        logger.warning("run waits for storage", metadata: metadata(run, ["cause": "\(reason)"]))
    }

    /// Tries again what has waited long enough.
    mutating func retryWaits(at now: MJD) {
        for subject in waits.takeDue(at: now) {
            switch subject {
            case .inputs(let number):
                toStage.append(number)
                stageNext()
            case .outputs(let number):
                filesUnderWay += 1
                effects.append(.keep(number))
            case .starts: continue
            case .replicas: flush(at: now)
            }
        }
    }

    /// Whether a run has waited so long for a storage that a runner which ends when idle goes
    /// without it.
    func isLeft(_ run: Int64) -> Bool {
        parked.contains(run)
            || waits(of: run).contains { $0.tries >= Self.triesBeforeLeaving }
                && !underWay.values.contains { $0.key.run == run }
    }

    /// Whether a run waits for a storage.
    func isAwaitingStorage(_ run: Int64) -> Bool { !waits(of: run).isEmpty }

    private func waits(of run: Int64) -> [StorageWaits.Wait] {
        [.inputs(run), .outputs(run), .starts].compactMap { waits[$0] }
    }

    /// Whether something waits for a storage that will be tried before the runner ends.
    var isStorageTried: Bool {
        waits.waits.contains {
            $0.key != .replicas && $0.value.tries < Self.triesBeforeLeaving
        }
    }
}
