import GRDB
public import GroundSegment

/// The runs of an SDC for many readers: those in the runner's hands as they are now, the others as
/// its store has them.
///
/// The lives of runs that are over are read when they are asked for, and few are kept; what a list
/// shows of them is kept.
public actor RunBook {
    let store: RunStore
    let configuration: RunnerConfiguration
    private let inHand: @Sendable () async -> [Run]
    private var ended: [Int64: (mark: Mark, row: RunRow)] = [:]
    private var lives: [Int64: (mark: Mark, facts: RunFacts)] = [:]

    /// How many runs it tells of, the newest.
    public static let mostRuns = 5000
    /// Payloads whose lives are kept of runs that are over.
    private static let mostLives = 300_000

    /// What tells that a run which was over has changed.
    private struct Mark: Hashable {
        let state: String
        let ended: Double?
        let priority: Int
    }

    /// - Parameters:
    ///   - store: opened to be read.
    ///   - inHand: the runs in the runner's hands.
    public init(
        store: RunStore, _ configuration: RunnerConfiguration,
        inHand: @escaping @Sendable () async -> [Run]
    ) {
        self.store = store
        self.configuration = configuration
        self.inHand = inHand
    }

    /// All runs as they are now, newest first.
    public func page(at now: MJD) async throws -> RunBookPage {
        let rows = try await heads()
        let here = Dictionary(
            await inHand().map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var entries: [RunBookPage.Entry] = []
        for head in rows {
            if let run = here[head.number], !run.life.state.isFinal {
                let facts = RunFacts(
                    sdc: configuration.sdc, run: run, ended: nil, graphDigest: head.digest)
                entries.append(.init(row: RunRow(facts, at: now), open: facts))
            } else if let known = ended[head.number], known.mark == head.mark {
                entries.append(.init(row: known.row, open: nil))
            } else if let facts = try await facts(head) {
                let row = RunRow(facts, at: now)
                if facts.life.state.isFinal { ended[head.number] = (head.mark, row) }
                entries.append(.init(row: row, open: facts.life.state.isFinal ? nil : facts))
            }
        }
        return RunBookPage(entries: entries)
    }

    /// A run by its identifier or number, with its payloads' lives.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where there is none.
    public func facts(of name: String) async throws -> RunFacts {
        if let run = await inHand().first(where: { $0.id.text == name || "\($0.number)" == name }) {
            guard let head = try await heads(of: name).first else { throw Self.unknown(name) }
            return RunFacts(
                sdc: configuration.sdc, run: run,
                ended: run.life.state.isFinal ? head.mark.ended.map { MJD($0) } : nil,
                graphDigest: head.digest)
        }
        guard let head = try await heads(of: name).first, let facts = try await facts(head) else {
            throw Self.unknown(name)
        }
        return facts
    }

    private static func unknown(_ name: String) -> ExecutionError {
        ExecutionError(.unknownItem, "there is no run \(name.printable)")
    }

    // MARK: The store

    private struct Head: Sendable {
        let number: Int64
        let digest: String
        let mark: Mark
    }

    private func heads(of name: String? = nil) async throws -> [Head] {
        try await store.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, state, ended_at, priority,
                        (SELECT digest FROM graph g WHERE g.number = run.graph) AS digest
                    FROM run WHERE ?1 IS NULL OR id = ?1 OR number = ?2
                    ORDER BY number DESC LIMIT \(Self.mostRuns)
                    """, arguments: [name, name.flatMap { Int64($0) }]
            ).map { row in
                Head(
                    number: row["number"], digest: row["digest"],
                    mark: Mark(
                        state: row["state"], ended: row["ended_at"], priority: row["priority"]))
            }
        }
    }

    private func facts(_ head: Head) async throws -> RunFacts? {
        if let known = lives[head.number], known.mark == head.mark { return known.facts }
        guard let run = try await store.run(named: "\(head.number)") else { return nil }
        let facts = RunFacts(
            sdc: configuration.sdc, run: run, ended: head.mark.ended.map { MJD($0) },
            graphDigest: head.digest)
        keep(facts, head.mark)
        return facts
    }

    private func keep(_ facts: RunFacts, _ mark: Mark) {
        guard facts.life.state.isFinal else { return }
        lives[facts.run.number] = (mark, facts)
        var payloads = lives.values.reduce(0) { $0 + $1.facts.life.count }
        // The oldest runs are asked for least.
        for number in lives.keys.sorted() where payloads > Self.mostLives {
            guard number != facts.run.number else { continue }
            payloads -= lives.removeValue(forKey: number)?.facts.life.count ?? 0
        }
    }
}

/// The runs of an SDC at one moment, newest first.
public struct RunBookPage: Sendable {
    /// A run.
    public struct Entry: Sendable {
        public let row: RunRow
        /// With the lives of its payloads, where it is not over.
        let open: RunFacts?
    }

    public let entries: [Entry]

    /// How many runs are in each state.
    public var states: [String: Int] {
        entries.reduce(into: [:]) { $0[$1.row.state, default: 0] += 1 }
    }

    /// How many payloads are in each state, of the runs that are not over.
    public var openPayloads: [String: Int] {
        entries.reduce(into: [:]) { all, entry in
            guard entry.open != nil else { return }
            all.merge(entry.row.payloads) { $0 + $1 }
        }
    }
}
