/// Rules for failed jobs; the strictest that fits is the one that acts.
public struct RetryTable: Hashable, Sendable {
    public let rules: [RetryRule]

    public init(rules: [RetryRule]) {
        self.rules = rules
    }

    /// What is done where nobody has written rules: memory and time grow, losses of a site go
    /// elsewhere, and everything else is tried again as the task's policy has it.
    public static let standard: RetryTable = {
        func rule(_ name: String, _ source: JobFailure.Source, _ action: RetryRule.Action)
            -> RetryRule?
        {
            try? RetryRule(name, source: source, action: action)
        }
        return RetryTable(
            rules: [
                rule("memory", .memory, .increaseMemory),
                rule("walltime", .walltime, .increaseTime(1.5)),
                rule("site", .site, .elsewhere),
            ].compactMap(\.self))
    }()

    /// What is to be done about a failure.
    public struct Choice: Hashable, Sendable {
        /// The rule that acts; `nil` where none fits and the task's policy decides.
        public let rule: RetryRule?
        /// Passive rules that fit: they are told and do nothing.
        public let passive: [RetryRule]
        /// What comes of it.
        public let next: Next
    }

    /// What becomes of a failed job.
    public enum Next: Hashable, Sendable {
        /// Why.
        case lost(String)
        /// With what it asks for, for how many of its units, and whether at another SDC.
        case again(ResourceRequest, units: Int, isElsewhere: Bool)
    }

    /// Decides about a failed job.
    ///
    /// - Parameters:
    ///   - request: what it had asked for.
    ///   - units: how many units it was for.
    public func choose(
        for failure: JobFailure, request: ResourceRequest, units: Int = 1, policy: TaskPolicy,
        ladder: MemoryLadder = .standard
    ) -> Choice {
        let fitting = rules.enumerated().filter { $1.takes(failure) }.sorted {
            ($1.element.strictness, $0.offset) < ($0.element.strictness, $1.offset)
        }.map(\.element)
        let rule = fitting.first(where: \.isActive)
        let next = Self.next(
            rule?.action ?? .retry, failure, request, units: units, policy, ladder)
        return Choice(rule: rule, passive: fitting.filter { !$0.isActive }, next: next)
    }

    private static func next(
        _ action: RetryRule.Action, _ failure: JobFailure, _ request: ResourceRequest, units: Int,
        _ policy: TaskPolicy, _ ladder: MemoryLadder
    ) -> Next {
        var limit = policy.retries
        var next = request
        var units = units
        var isElsewhere = false
        switch action {
        case .noRetry: return .lost("failures like this one are not tried again")
        case .limitRetry(let most): limit = most
        case .retry: break
        case .increaseMemory:
            guard let rung = ladder.rung(above: request.memoryPerCore) else {
                return .lost("memory: \(request.memoryPerCore) MiB for each core is the most")
            }
            next.memoryPerCore = rung
        case .increaseMemoryTimes(let growth):
            guard let memory = growth.after(request.memoryPerCore) else {
                return .lost("memory: \(growth.most) MiB for each core is the most")
            }
            next.memoryPerCore = memory
        case .increaseTime(let factor): next.walltime *= factor
        case .reduceInput(let part):
            guard units > 1 else { return .lost("it has one unit only, which cannot be divided") }
            units = max(1, min(units - 1, Int((Double(units) * part).rounded(.down))))
        case .elsewhere: isElsewhere = true
        }
        guard failure.attempts <= limit else {
            return .lost("\(failure.attempts) attempts, and \(limit) after the first are allowed")
        }
        return .again(next, units: units, isElsewhere: isElsewhere)
    }
}
