/// How well a payload suits a host: the sum of weighted terms, the larger the better.
///
/// Of what is asked of the host's cores, memory and so on the term is the part of the host's total.
public struct Fitness: Hashable, Sendable, Codable {
    public enum Term: String, Hashable, Sendable, Codable, CaseIterable {
        case cpu, ram, vms, gpus, tmp
        /// The walltime's part of the time until the host ends; 0 where it does not.
        case walltime
        /// The time in line, as a part of the reference wait; 1 at most.
        case wait
        /// An operator's priority of the run and the payload.
        case manual
        /// 1 where it is tried again.
        case retry
        /// The priority of the order, or that the submission was made with.
        case order
        /// How deep in its run it is, where branches are to be finished before others are begun.
        case depth
        /// The part of its run's inputs that this SDC holds itself.
        case data
    }

    /// A term with its weight.
    public struct Part: Hashable, Sendable, Codable {
        public let term: Term
        public let weight: Double
        public let value: Double

        /// What it adds to the score.
        public var product: Double { weight * value }
    }

    /// One for each term.
    public let parts: [Part]

    public var total: Double { parts.reduce(0) { $0 + $1.product } }

    init(_ kind: LineKind, on room: HostRoom, weights: FitnessWeights, moment: Moment) {
        parts = Term.allCases.map {
            Part(term: $0, weight: weights[$0], value: $0.value(of: kind, on: room, moment))
        }
    }

    /// What of a score depends on the time.
    struct Moment: Hashable, Sendable {
        /// The time in line over the reference wait.
        let wait: Double
        /// Seconds until the host ends.
        let left: Double?
    }
}

extension Fitness.Term {
    func value(of kind: LineKind, on room: HostRoom, _ moment: Fitness.Moment) -> Double {
        switch self {
        case .cpu: Self.part(kind.amounts.cores, of: room.total.cores)
        case .ram: Self.part(kind.amounts.memory, of: room.total.memory)
        case .gpus: Self.part(kind.amounts.gpus, of: room.total.gpus)
        case .vms: Self.part(kind.virtualMemory ?? 0, of: room.terms.virtualMemory ?? 0)
        case .tmp: Self.part(kind.temporary ?? 0, of: room.terms.temporary ?? 0)
        case .walltime: moment.left.map { $0 > 0 ? min(1, kind.walltime / $0) : 1 } ?? 0
        case .wait: min(1, max(0, moment.wait))
        case .manual: Double(kind.merit.manual)
        case .retry: kind.merit.isRetry ? 1 : 0
        case .order: Double(kind.merit.order)
        case .depth: Double(kind.merit.depth)
        case .data: kind.merit.locality
        }
    }

    private static func part(_ need: Int, of total: Int) -> Double {
        total > 0 ? Double(need) / Double(total) : 0
    }
}

/// The signed weights of a score's terms.
public struct FitnessWeights: Hashable, Sendable {
    private var values: [Fitness.Term: Double]

    /// Those not named are 0.
    public init(_ values: [Fitness.Term: Double]) {
        self.values = values.filter { $0.value != 0 }
    }

    public subscript(term: Fitness.Term) -> Double {
        get { values[term] ?? 0 }
        set { values[term] = newValue == 0 ? nil : newValue }
    }

    /// The terms that count, in their order.
    var counted: [(term: Fitness.Term, weight: Double)] {
        Fitness.Term.allCases.compactMap { term in values[term].map { (term, $0) } }
    }

    /// Priorities count most, then waiting, then size.
    ///
    /// That of waiting was compared with others, from 2 to 12, by a simulation of the LCG-2005 log,
    /// together with the reference wait (`ChoiceRule.referenceWait`): less lets small payloads wait
    /// too long, more lets the large ones. What the log tells nothing of
    /// (priorities, retries, depth, data) was not fitted to it.
    public static let standard = FitnessWeights([
        .cpu: 2, .ram: 1, .gpus: 1, .walltime: 0.5, .wait: 4, .manual: 10, .retry: 2, .order: 10,
        .depth: 0.01, .data: 0.5,
    ])
}
