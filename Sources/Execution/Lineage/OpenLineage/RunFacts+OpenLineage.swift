public import GroundSegment

extension RunFacts {
    /// The events of a run and of the attempts of its payloads in the order of time: each begins
    /// with START and ends with COMPLETE, FAIL or ABORT.
    ///
    /// - Parameters:
    ///   - configuration: that of the run's SDC.
    ///   - seen: where a follower has seen it, the instant at which attempts that run now are told
    ///     to have started; these are left out where `nil`, for when they started is known once
    ///     they have ended.
    public func openLineage(
        _ configuration: RunnerConfiguration, seen: MJD? = nil
    ) -> [OpenLineageEvent] {
        guard !run.isDraft else { return [] }
        let events = OpenLineageOfRun(self, RunFiles(self, configuration.storage))
        let all = events.ofRun + events.ofAttempts + (seen.map(events.underWay) ?? [])
        // Those of one instant stay in their order: the run begins first.
        return all.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }.map(\.element)
    }
}

/// Makes the events of one run.
private struct OpenLineageOfRun {
    private let facts: RunFacts
    private let files: RunFiles
    private let run: OpenLineageEvent.Subject
    private let digests: [String: String]
    private let made: [Int: [LineageRow]]

    init(_ facts: RunFacts, _ files: RunFiles) {
        self.facts = facts
        self.files = files
        run = .init(
            name: "\(facts.sdc) \(facts.run.id)",
            job: .init(
                namespace: "sgs:\(facts.sdc)", name: facts.life.graph.name, type: "DAG"))
        let rows = files.lineageByPayload
        made = Dictionary(grouping: rows, by: \.payload).mapValues { $0.map(\.row) }
        var digests: [String: String] = [:]
        for input in facts.run.inputs { digests[RunFiles.name(input)] = input.sha256 }
        for row in rows { digests[row.row.file] = row.row.sha256 }
        self.digests = digests
    }

    var ofRun: [OpenLineageEvent] {
        let life = facts.life
        var start = OpenLineageEvent(
            kind: .start, time: facts.run.queued ?? facts.run.taken, subject: run)
        start.inputs = facts.run.inputs.map { dataset(RunFiles.name($0)) }
        guard life.state.isFinal, let ended = facts.ended else { return [start] }
        var end = OpenLineageEvent(kind: .init(life.state), time: ended, subject: run)
        end.inputs = start.inputs
        end.outputs = files.kept.map {
            dataset($0.product.isEmpty ? $0.path : $0.product, $0.stored.digest.sha256)
        }
        if life.state != .completed { end.message = life.message }
        return [start, end]
    }

    /// Of attempts that have ended, what an attempt left in its last one only.
    var ofAttempts: [OpenLineageEvent] {
        let last = facts.lastAttempts
        return facts.attempts.filter { facts.life.contains($0.payload) }.flatMap { attempt in
            let start = self.start(attempt.payload, attempt.number, at: attempt.started)
            var end = OpenLineageEvent(
                kind: .init(attempt.outcome), time: attempt.ended, subject: start.subject)
            end.parent = run
            end.inputs = start.inputs
            end.message = attempt.outcome == .completed ? "" : attempt.message
            if attempt.outcome == .completed, last[attempt.payload] == attempt {
                end.outputs = (made[attempt.payload] ?? []).map { dataset($0.file, $0.sha256) }
            }
            return [start, end]
        }
    }

    func underWay(at seen: MJD) -> [OpenLineageEvent] {
        let life = facts.life
        let last = facts.lastAttempts
        return (0..<life.count).filter {
            life[$0].state == .running && life.isProcess($0) && life.isCounted($0)
                && last[$0]?.number != life[$0].attempts
        }.map { start($0, life[$0].attempts, at: seen) }
    }

    private func start(_ payload: Int, _ attempt: Int, at time: MJD) -> OpenLineageEvent {
        let job = OpenLineageEvent.Job(
            namespace: run.job.namespace, name: "\(run.job.name).\(facts.life.label(payload))",
            type: "TASK")
        var event = OpenLineageEvent(
            kind: .start, time: time,
            subject: .init(
                name: "\(run.name)/\(facts.life.path(payload))#\(attempt)", job: job))
        event.parent = run
        event.inputs = files.used(by: payload).map { dataset($0.file) }
        return event
    }

    /// Products have one name at all SDCs, other files that of their path.
    private func dataset(_ name: String, _ sha256: String? = nil) -> OpenLineageEvent.Dataset {
        let digest = sha256 ?? digests[name] ?? ""
        guard !name.hasPrefix("/"), let order = facts.run.order else {
            return .init(namespace: "file", name: name, sha256: digest)
        }
        return .init(namespace: "sgs:products:\(order.survey)", name: name, sha256: digest)
    }
}

extension OpenLineageEvent.Kind {
    fileprivate init(_ state: RunState) {
        self =
            switch state {
            case .completed: .complete
            case .aborted: .abort
            default: .fail
            }
    }

    fileprivate init(_ outcome: StoreChanges.AttemptRow.Outcome) {
        self =
            switch outcome {
            case .completed: .complete
            case .failed, .lost: .fail
            case .aborted: .abort
            }
    }
}
