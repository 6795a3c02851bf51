public import GroundSegment

/// A rule that fired in a sweep.
public struct Firing: Hashable, Sendable, CustomStringConvertible {
    public let key: TaskKey
    /// The rule's name.
    public let rule: String
    /// The data set whose state was changed; `nil` where it was the task's.
    public let data: ID<DataSet>?
    /// What was changed.
    public let change: Rule.Change
    /// The state before, by its name.
    public let from: String
    /// Counted from 1: what fires in one round saw what the rounds before have left.
    public let round: Int

    /// `dr1/vis: task ready -> scouting (scouts-begin)`.
    public var description: String {
        "\(key): \(change.subject) " + (data.map { "\($0) " } ?? "")
            + "\(from) -> \(change.name) (\(rule))"
    }
}

/// A sweep that does not come to an end, which a table without faults cannot cause.
public struct EndlessSweep: Error, Hashable, Sendable, CustomStringConvertible {
    public let key: TaskKey
    /// The last rules that fired for it.
    public let rules: [String]

    public var description: String {
        "the rules for \(key) go round: \(rules.joined(separator: ", "))"
    }
}

/// Brings tasks from their state vectors to the next ones, by rules, until no rule fires.
///
/// Rules fire in rounds: all that fit the vectors as they are, at once. So the result does not
/// depend on the order of the tasks, and a second sweep over it fires nothing.
public struct Sweep: Sendable {
    public let table: RuleTable

    public init(_ table: RuleTable = .standard) {
        self.table = table
    }

    /// What a sweep has done.
    public struct Result: Sendable {
        /// In the order in which they were given.
        public let vectors: [TaskVector]
        /// By round, then by task.
        public let firings: [Firing]

        public init(vectors: [TaskVector], firings: [Firing]) {
            self.vectors = vectors
            self.firings = firings
        }

        /// How often each rule fired that did.
        public var counts: [String: Int] {
            firings.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
        }
    }

    /// Sweeps over tasks of any number of campaigns.
    ///
    /// - Parameters:
    ///   - vectors: each task once; a data set that none of them makes is from outside.
    ///   - isOpen: whether the task at a place may have changed, or comes after one that may; no
    ///     rule fires for the others.
    /// - Throws: `EndlessSweep`.
    public func run(
        on vectors: [TaskVector], where isOpen: (Int) -> Bool = { _ in true }
    ) throws(EndlessSweep) -> Result {
        var state = SweepState(table: table, vectors: vectors)
        return Result(
            vectors: try state.run(vectors.indices.filter(isOpen)), firings: state.firings)
    }
}
