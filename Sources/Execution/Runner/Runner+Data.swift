import Foundation
import GroundSegment
import Logging

extension Runner {
    /// Looks at the inputs of an attempt's run again and brings those that are damaged.
    func repair(_ key: AttemptKey) {
        guard let run = state.runs[key.run] else { return }
        let staging = InputStaging(
            configuration: configuration, source: source, store: store, known: known,
            transports: transports, work: copying, logger: logger)
        Task { [events] in
            do {
                events.post(.repaired(key, .success(try await staging.stage(run))))
            } catch let error as ExecutionError where error.code != .store {
                events.post(.repaired(key, .failure(error)))
            } catch let error as ExecutionError {
                events.post(.broken(error))
            } catch {
                events.post(.repaired(key, .failure(ExecutionError(.orderSource, "\(error)"))))
            }
        }
    }

    /// Removes what the runs left that an operator removed; what cannot go now goes later.
    func sweepRemoved() {
        let files = RemovedRunFiles(
            configuration: configuration, store: store, known: known, work: copying)
        Task { [logger] in
            do { try await files.sweep() } catch {
                logger.warning("files of removed runs stay", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Removes what too old or too many runs left.
    func retain() {
        let (configuration, store, known, logger) = (configuration, store, known, logger)
        let (work, events) = (copying, events)
        Task {
            do {
                let ended = try await store.ended()
                let now = configuration.wallClock()
                let gone = try await work.run {
                    let leavings = ended.compactMap { run -> Retention.Leaving? in
                        let bytes = configuration.leavings(of: run.id).map(
                            StoredFiles.bytes(below:))
                        guard bytes.contains(where: { $0 != nil }) else { return nil }
                        return Retention.Leaving(
                            name: run.id.text, age: now - run.ended,
                            bytes: bytes.reduce(0) { $0 + ($1 ?? 0) })
                    }
                    let excess = configuration.retention.excess(leavings)
                    for run in excess {
                        for folder in configuration.leavings(of: ID(run.name)) {
                            try StoredFiles.remove(folder)
                            known.forget(below: folder)
                        }
                    }
                    return excess
                }
                if !gone.isEmpty {
                    RunLinks(home: configuration.home).prune()
                    logger.notice(
                        "what old runs left was removed",
                        metadata: [
                            "runs": "\(gone.count)", "bytes": "\(gone.reduce(0) { $0 + $1.bytes })",
                        ])
                }
            } catch let error as ExecutionError where error.code == .store {
                return events.post(.broken(error))
            } catch {
                logger.warning("old runs' files stay for now", metadata: ["cause": "\(error)"])
            }
            events.post(.retained)
        }
    }
}

extension RunnerConfiguration {
    /// The folders that a run leaves.
    func leavings(of run: ID<Run>) -> [String] {
        [runFolder(run), storage.workFolder(of: run)]
    }
}

extension ProcessingOrder {
    /// What of an order no payload could be told; `nil` where all is well.
    var unusableText: String? {
        let fields = [
            ("id", id.text), ("survey", survey.text), ("item", item.text),
            ("pipeline", pipeline), ("software_release", softwareRelease), ("sdc", sdc.text),
        ]
        let bad = fields.first { $0.1.utf8.contains(0) }
        return bad.map { "order \(id): \($0.0): found a zero byte in \"\($0.1)\"" }
    }
}
