import GRDB
public import GroundSegment

extension RunBook {
    /// Runs with more payloads are told of without what each of their attempts left.
    public static let mostWhole = 5000

    /// All that is known of a run; of a very wide one without what its payloads left.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where there is none.
    public func run(_ name: String, at now: MJD) async throws -> (page: RunPage, facts: RunFacts) {
        var facts = try await facts(of: name)
        let isWide = facts.life.count > Self.mostWhole
        if isWide {
            facts.history = try await history(of: facts.run.id)
        } else {
            facts = try await store.completed(facts)
        }
        return (RunPage(facts, configuration, at: now, isWithTasks: !isWide), facts)
    }

    /// All that is known of a payload.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where there is none.
    public func job(
        _ path: String, of name: String, library: PipelineLibrary?, at now: MJD
    ) async throws -> (page: JobPage, facts: RunFacts) {
        var facts = try await facts(of: name)
        facts = try await store.completed(facts, payload: facts.number(path))
        let page = try await store.page(
            of: path, in: facts, configuration, library: library, at: now)
        return (page, facts)
    }

    /// What an attempt of a payload used as time went on; the present or last one.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where it has none.
    public func profile(_ path: String, of name: String) async throws -> JobProfile {
        guard let name = JobName("\(name)/\(path)") else {
            throw ExecutionError(.unknownItem, "there is no payload \(path.printable)")
        }
        var facts = try await facts(of: name.run)
        facts = try await store.completed(facts, payload: facts.number(name.payload))
        return try await store.profile(of: name, in: facts)
    }

    /// The paths of what a payload said on standard output and standard error, and whether its
    /// present or last attempt has ended.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where there is none.
    public func logs(
        _ path: String, of name: String
    ) async throws -> (output: String, error: String, hasEnded: Bool) {
        let facts = try await facts(of: name)
        let command = try PayloadCommand(
            facts, payload: path, configuration, library: nil)
        let state = facts.life[try facts.number(path)].state
        return (
            "\(command.logdir)/stdout", "\(command.logdir)/stderr",
            state != .running && state != .assigned
        )
    }

    /// What operators did to a run, oldest first.
    public func history(of run: ID<Run>) async throws -> [OperatorEvent] {
        try await store.history(of: run)
    }

    /// What people are to know of at once, the newest first.
    public func notices(limit: Int) async throws -> [Notice] {
        try await store.notices(of: configuration.sdc, limit: limit)
    }

    /// What operators did to pilots and to the runner, the newest first.
    public func drains(limit: Int) async throws -> [OperatorEvent] {
        try await store.drains(limit: limit)
    }

    /// What operators did at the site, to runs, pilots and the runner, the newest first.
    public func operatorEvents(limit: Int, at now: MJD) async throws -> [OperatorEvent] {
        try await store.operatorEvents(limit: limit, at: now)
    }
}

extension RunStore {
    /// The facts with attempts, outputs and tags; those of one payload where it is named.
    func completed(_ facts: RunFacts, payload: Int? = nil) async throws -> RunFacts {
        try await read { database in
            var facts = facts
            try Self.complete(&facts, payload: payload, database)
            return facts
        }
    }
}
