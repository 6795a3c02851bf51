import GRDB
public import GroundSegment

/// Which payloads are asked for; what is `nil` or empty asks nothing.
public struct JobQuery: Hashable, Sendable {
    public var states: Set<PayloadState> = []
    /// Identifier or number of a run.
    public var run: String?
    public var pipeline: String?
    /// Occurs in the payload's path.
    public var text: String?
    /// The payload's node whatever the iteration: `correct.flat`.
    public var label: String?
    /// Name of the host of its last attempt.
    public var pilot: String?
    /// Whether those of runs that are over count, too.
    public var isWithEnded = false
    /// How many are passed over.
    public var offset = 0
    public var limit = 100

    public init() {}

    fileprivate func admits(_ state: PayloadState?) -> Bool {
        states.isEmpty || state.map(states.contains) ?? false
    }
}

/// A payload in a list.
public struct JobRow: Hashable, Sendable, Encodable {
    /// `RUN/PATH`
    public let job: String
    public let run: String
    public let runNumber: Int64
    public let path: String
    public let pipeline: String
    public let state: String
    public let attempts: Int
    /// The host of its last attempt; empty before the first.
    public let pilot: String
    /// Seconds of its last attempt that has ended.
    @OrNull public internal(set) var duration: Double?
    public let priority: Int
    public let message: String
}

/// A part of a list of payloads, newest run first, with how many there are in all.
public struct JobList: Sendable, Encodable {
    public let jobs: [JobRow]
    /// How many there are of these states.
    public let total: Int
    /// By state, whatever states are asked for.
    public let states: [String: Int]
}

extension RunBook {
    /// The payloads that a query asks for.
    ///
    /// - Parameter page: the runs, where they have been looked up already.
    /// - Throws: `ExecutionError` of code `unknownItem` where there is no such run.
    public func jobs(
        _ query: JobQuery, at now: MJD, in page: RunBookPage? = nil
    ) async throws -> JobList {
        var states: [String: Int] = [:]
        var found: [(facts: RunFacts, number: Int)] = []
        var total = 0
        let placed = try await placed(on: query.pilot)
        for entry in try await runs(query, at: now, page) {
            if query.asksForEach {
                guard placed?.mayBe(in: entry.row.number) ?? true else { continue }
                let facts = try await facts(of: entry)
                let life = facts.life
                let placed = placed?.payloads(of: life, entry.row.number)
                for number in query.candidates(of: life, placed) {
                    let state = life.lives[number].state
                    states[state.rawValue, default: 0] += 1
                    guard query.admits(state) else { continue }
                    if total >= query.offset, found.count < query.limit {
                        found.append((facts, number))
                    }
                    total += 1
                }
                continue
            }
            // Where only states are asked for, runs without any that is shown are not looked into.
            states.merge(entry.row.payloads) { $0 + $1 }
            let count = entry.row.payloads.reduce(0) { sum, state in
                sum + (query.admits(PayloadState(rawValue: state.key)) ? state.value : 0)
            }
            if total + count > query.offset, found.count < query.limit {
                let facts = try await facts(of: entry)
                var place = total
                for (number, isCounted) in facts.life.countedProcesses.enumerated() where isCounted
                {
                    guard query.admits(facts.life.lives[number].state) else { continue }
                    if place >= query.offset { found.append((facts, number)) }
                    place += 1
                    if found.count >= query.limit { break }
                }
            }
            total += count
        }
        return JobList(jobs: try await rows(found), total: total, states: states)
    }

    /// The lives of a run's payloads.
    private func facts(of entry: RunBookPage.Entry) async throws -> RunFacts {
        if let open = entry.open { return open }
        return try await facts(of: entry.row.run)
    }

    private func runs(
        _ query: JobQuery, at now: MJD, _ page: RunBookPage?
    ) async throws -> [RunBookPage.Entry] {
        if let run = query.run {
            let facts = try await facts(of: run)
            return [.init(row: RunRow(facts, at: now), open: facts)]
        }
        let entries =
            if let page { page.entries } else { try await self.page(at: now).entries }
        return entries.filter { entry in
            (query.pipeline ?? entry.row.pipeline) == entry.row.pipeline
                && (query.isWithEnded || entry.open != nil)
        }
    }

    private func rows(_ found: [(facts: RunFacts, number: Int)]) async throws -> [JobRow] {
        let keys = found.map { ($0.facts.run.number, $0.number) }
        let last = try await lastAttempts(keys)
        return found.map { facts, number in
            let (run, life) = (facts.run, facts.life)
            let key = PayloadKey(run: run.number, payload: number)
            return JobRow(
                job: "\(run.id)/\(life.path(number))", run: run.id.text, runNumber: run.number,
                path: life.path(number), pipeline: life.graph.name,
                state: life[number].state.rawValue, attempts: life[number].attempts,
                pilot: last[key]?.host ?? (life[number].attempts > 0 ? "local" : ""),
                duration: last[key]?.seconds, priority: run.priority + life[number].priority,
                message: life[number].message)
        }
    }

    private struct Last: Sendable {
        let host: String?
        let seconds: Double?
    }

    private func lastAttempts(_ keys: [(Int64, Int)]) async throws -> [PayloadKey: Last] {
        try await store.read { database in
            let attempt = try database.cachedStatement(
                sql: """
                    SELECT (ended_at - started_at) * 86400 AS seconds FROM attempt
                    WHERE run = ? AND payload = ? ORDER BY number DESC LIMIT 1
                    """)
            let place = try database.cachedStatement(
                sql: "SELECT host FROM placement WHERE run = ? AND payload = ?")
            var last: [PayloadKey: Last] = [:]
            for (run, payload) in keys {
                let host = try String.fetchOne(place, arguments: [run, payload])
                last[PayloadKey(run: run, payload: payload)] = Last(
                    host: host == HostID.here.name ? nil : host,
                    seconds: try Double.fetchOne(attempt, arguments: [run, payload]))
            }
            return last
        }
    }
}
