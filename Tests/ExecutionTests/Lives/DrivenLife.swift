import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

/// A run whose every event is checked: what it counts equals a recount from the states alone, and
/// what a store was told gives the same run back.
struct DrivenLife {
    var life: RunLife
    /// What a store has.
    private(set) var record: RunRecord
    private(set) var graph: Graph
    var now = MJD(60000)

    init(_ graph: Graph) {
        life = RunLife(graph: graph)
        record = life.record
        self.graph = graph
        store()
    }

    /// Starts the run with its inputs there.
    static func begun(_ graph: Graph) throws -> DrivenLife {
        var run = DrivenLife(graph)
        try run.apply(.inputsStaged)
        return run
    }

    @discardableResult
    mutating func apply(_ event: RunEvent) throws -> [RunAction] {
        let actions = try life.apply(event, at: now)
        store()
        try check()
        return actions
    }

    private mutating func store() {
        let changes = life.takeChanges()
        if changes.isGraphChanged { graph = life.graph }
        if changes.isRunChanged {
            let (expansions, payloads) = (record.expansions, record.payloads)
            record = life.record
            record.expansions = expansions
            record.payloads = payloads
        }
        record.expansions += changes.expansions
        for number in changes.payloads { record.payloads[number] = life[number] }
        #expect(Set(changes.payloads).count == changes.payloads.count)
    }

    func check() throws {
        var counted = life
        counted.recount()
        try #require(difference(counted, life) == nil)
        let restored = try RunLife(graph: graph, restored: record)
        try #require(difference(restored, life) == nil)
        #expect(life.ended.isEmpty)
        try checkRanges()
    }

    /// What is told of each node's payloads together is what each tells of itself.
    private func checkRanges() throws {
        let ranges = life.nodeRanges
        let counted = (0..<life.count).filter(life.isCounted)
        try #require(ranges.flatMap { Array($0.numbers) }.sorted() == counted)
        for range in ranges {
            let label = life.label(range.first)
            try #require(range.numbers.allSatisfy { life.label($0) == label })
            try #require(range.numbers.allSatisfy { life.node($0).id == range.node.id })
        }
        for text in [".1", "s.0.", "n"] {
            let found = life.numbers(of: ranges, withPath: text).sorted()
            try #require(found == counted.filter { life.path($0).contains(text) })
        }
        let processes = counted.filter(life.isProcess)
        let isCounted = life.countedProcesses
        try #require(isCounted.indices.filter { isCounted[$0] } == processes)
    }

    /// The first thing in which two runs differ, but for payloads that do not count.
    private func difference(_ one: RunLife, _ other: RunLife) -> String? {
        if one.record != other.record { return "the run: \(one.record) \(other.record)" }
        if one.graph != other.graph { return "the graph" }
        if one.lives != other.lives {
            return zip(one.lives, other.lives).first { $0 != $1 }.map { "\($0) \($1)" } ?? "lives"
        }
        if one.segments != other.segments { return "the segments" }
        if one.root != other.root { return "the root: \(one.root) \(other.root)" }
        if (one.leaves, one.badLeaves) != (other.leaves, other.badLeaves) {
            return "the leaves: \(one.leaves) \(one.badLeaves) \(other.leaves) \(other.badLeaves)"
        }
        guard one.counted() == other.counted() else { return "what counts" }
        for number in one.counted().indicesOfTrue {
            guard one.slots[number] == other.slots[number] else {
                return "\(one.path(number)): \(one.slots[number]) \(other.slots[number])"
            }
            if let index = one.containerIndex(of: number), one.containers[index].isOpen,
                one.containers[index] != other.containers[index]
            {
                return "\(one.path(number)): \(one.containers[index]) \(other.containers[index])"
            }
        }
        return nil
    }
}

extension DrivenLife {
    func number(_ path: String) throws -> Int { try #require(life.number(path: path)) }

    func state(_ path: String) throws -> PayloadState { life[try number(path)].state }

    /// The states of all that there is, by path.
    var states: [String: PayloadState] {
        Dictionary(
            uniqueKeysWithValues: life.counted().indicesOfTrue.map {
                (life.path($0), life[$0].state)
            })
    }

    /// Gives a payload to a host.
    @discardableResult
    mutating func start(_ path: String) throws -> Int {
        let number = try number(path)
        let attempt = life[number].attempts + 1
        try apply(.assigned(number, attempt: attempt))
        try apply(.started(number, attempt: attempt))
        return number
    }

    /// Ends a payload's running attempt.
    @discardableResult
    mutating func end(_ path: String, _ verdict: Verdict) throws -> [RunAction] {
        let number = try number(path)
        return try apply(.ended(number, attempt: life[number].attempts, verdict))
    }

    /// Runs a payload that is in line to its end.
    @discardableResult
    mutating func run(_ path: String, _ verdict: Verdict = .completed) throws -> [RunAction] {
        try start(path)
        return try end(path, verdict)
    }

    @discardableResult
    mutating func fail(_ path: String) throws -> [RunAction] {
        try run(path, .failed(.payload, message: "exit code 1"))
    }
}
