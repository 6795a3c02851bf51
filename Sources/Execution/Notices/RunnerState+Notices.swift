import GroundSegment
import Payloads
import Workflows

extension RunnerState {
    /// Tells of what an event has brought: a run that failed or is held, payloads likewise.
    mutating func tell(of payloads: [Int], in number: Int64, before: RunState?, at now: MJD) {
        guard let run = runs[number] else { return }
        for payload in payloads where run.life.isProcess(payload) {
            let life = run.life[payload]
            let kind: Notice.Kind
            switch life.state {
            case .failed: kind = .jobFailed
            case .held: kind = .jobHeld
            default: continue
            }
            // What is changed of one that has failed already is no news.
            let key = "\(kind.rawValue) \(number) \(payload) \(life.attempts) \(life.failures)"
            tell(kind, of: run, job: payload, life.message, key: key, at: now)
        }
        guard let before, before != run.life.state else { return }
        switch run.life.state {
        case .error: tell(.runFailed, of: run, run.life.message, at: now)
        case .held: tell(.runHeld, of: run, run.life.message, at: now)
        default: break
        }
    }

    private mutating func tell(
        _ kind: Notice.Kind, of run: Run, job: Int? = nil, _ message: String, key: String? = nil,
        at now: MJD
    ) {
        changes.notices.append(
            .init(
                at: now, kind: kind, run: run.number,
                key: key ?? "\(kind.rawValue) \(run.number) \(now.days)",
                content: NoticeContent(
                    run: run.id.text, pipeline: run.life.graph.name,
                    job: job.map(run.life.path), message: printable(message.utf8, limit: 2000))))
    }

    /// Tells that a storage cannot be used: once an hour of the same reason.
    mutating func tellOfStorage(_ reason: String, at now: MJD) {
        changes.notices.append(
            .init(
                at: now, kind: .storage, run: nil,
                key: "storage \(Int(now.days * 24)) \(reason)",
                content: NoticeContent(message: printable(reason.utf8, limit: 2000))))
    }
}
