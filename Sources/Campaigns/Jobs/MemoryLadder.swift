/// How much memory a job asks for after it had too little, MiB for each core.
public struct MemoryLadder: Hashable, Sendable {
    /// Ascending.
    public let rungs: [Int]

    /// JEDI's: 1000, 2000, 3000, 4000, 6000 and 8000 MiB for each core.
    public static let standard = MemoryLadder(rungs: [1000, 2000, 3000, 4000, 6000, 8000])

    /// - Precondition: at least one rung, ascending, the first above 0.
    public init(rungs: [Int]) {
        precondition(
            rungs.first.map { $0 > 0 } ?? false && zip(rungs, rungs.dropFirst()).allSatisfy(<),
            "a memory ladder has ascending rungs")
        self.rungs = rungs
    }

    /// The lowest rung with at least so much; the highest where none has.
    public func rung(for memory: Int) -> Int {
        rungs.first { $0 >= memory } ?? rungs[rungs.count - 1]
    }

    /// The next rung above a request; `nil` at the top: the job is lost.
    public func rung(above memory: Int) -> Int? { rungs.first { $0 > memory } }

    /// What the jobs of a task that are still to be defined ask for, when some were raised: where
    /// more than 30 % of those that are over were, the rung that three quarters of the raised ones
    /// did with.
    ///
    /// - Parameters:
    ///   - own: what the task's jobs ask for.
    ///   - raised: what each of the raised jobs asks for now or ended well with.
    ///   - ended: how many of the task's jobs have ended or were raised.
    public func request(of own: Int, raised: [Int], ended: Int) -> Int {
        guard raised.count * 10 > ended * 3, !raised.isEmpty else { return own }
        let sorted = raised.sorted()
        return max(own, rung(for: sorted[(sorted.count * 3 + 3) / 4 - 1]))
    }
}

/// Memory that grows by a factor (JEDI's `increase_memory_xtimes`).
public struct MemoryGrowth: Hashable, Sendable {
    /// Above 1.
    public let factor: Double
    /// MiB for each core that are added besides.
    public let offset: Int
    /// Requests are whole multiples of so many MiB.
    public let step: Int
    /// The most that is asked for; once, and then no more.
    public let most: Int

    public init(factor: Double, offset: Int = 0, step: Int = 1, most: Int) {
        precondition(factor >= 1 && step > 0 && offset >= 0, "memory that does not grow")
        self.factor = factor
        self.offset = offset
        self.step = step
        self.most = most
    }

    /// What is asked for after `memory` was too little; `nil` where that was the most.
    public func after(_ memory: Int) -> Int? {
        guard memory < most else { return nil }
        let grown = Double(memory) * factor + Double(offset)
        let whole = (grown / Double(step)).rounded(.up) * Double(step)
        return max(memory + 1, min(most, Int(min(whole, 1e12))))
    }
}
