public import GroundSegment
import Markup

/// Every payload that failed, of some runs.
public struct ErrorReport: Hashable, Sendable, Encodable {
    public struct Row: Hashable, Sendable, Encodable {
        public let sdc: String
        public let job: String
        public let state: String
        /// Of the last attempt; `nil` where none has ended.
        @OrNull public internal(set) var exitCode: Int?
        public let attempts: Int
        public let message: String
        public let logdir: String
    }

    public let rows: [Row]

    /// - Parameter runs: read whole.
    public init(_ runs: [RunFacts], _ configuration: (ID<SDC>) -> RunnerConfiguration) {
        rows = runs.flatMap { Self.rows($0, configuration($0.sdc)) }
    }

    private static func rows(_ facts: RunFacts, _ configuration: RunnerConfiguration) -> [Row] {
        let (run, life) = (facts.run, facts.life)
        let last = facts.lastAttempts
        return failed(life).map { number in
            let path = life.path(number)
            let attempts = life[number].attempts
            return Row(
                sdc: facts.sdc.text, job: "\(run.id)/\(path)", state: life[number].state.rawValue,
                exitCode: last[number]?.exitCode, attempts: attempts,
                message: life[number].message,
                logdir: attempts > 0 ? configuration.attemptFolder(run.id, path, attempts) : "")
        }
    }

    /// The payloads that failed, and those that hold others and failed by themselves.
    private static func failed(_ life: RunLife) -> [Int] {
        var holders: Set<Int> = []
        var failed: [Int] = []
        for number in (0..<life.count).reversed()
        where life[number].state == .failed && life.isCounted(number) {
            if let holder = life.container(of: number) { holders.insert(holder) }
            if life.isProcess(number) || !holders.contains(number) { failed.append(number) }
        }
        return failed.reversed()
    }

    public var text: String {
        var table = TextTable("JOB", .right("EXIT"), .right("ATTEMPTS"), "MESSAGE", "LOGDIR")
        for row in rows {
            table.add(
                row.job, row.exitCode.map { "\($0)" } ?? "", "\(row.attempts)", row.message,
                row.logdir)
        }
        return table.text
    }
}
