/// What is known of an attempt that is over: its exit, the memory, the limits and the outputs,
/// each by itself.
public struct Facts: Hashable, Sendable {
    /// How its main process ended.
    public enum Exit: Hashable, Sendable {
        case code(Int)
        case signal(Int)
        /// It never began; why.
        case notStarted(String)
        /// Its host is gone, and with it what it knew; why.
        case lost(String)
    }

    /// Why it was ended from outside.
    public enum Cause: String, Hashable, Sendable, CaseIterable {
        case walltime, cancelled, memory, temporary
        /// The agent ended, and its payloads with it.
        case agentEnded
    }

    public var exit: Exit
    /// Whether one of its processes was killed for want of memory, by a count of its cgroup, by
    /// the kernel's report, or by the agent at the measured limit. A guess from a signal is none.
    public var ranOutOfMemory: Bool
    public var cause: Cause?
    /// For each declared output that is not as it should be, what is wrong: `missing`, `a link`,
    /// `outside its folder`. Empty where all are there with their digests.
    public var badOutputs: [String: String]
    /// The memory that it was given, MiB.
    public var granted: Int
    /// The last line that it said on standard error, or empty.
    public var lastLine: String

    public init(
        exit: Exit, ranOutOfMemory: Bool = false, cause: Cause? = nil,
        badOutputs: [String: String] = [:], granted: Int, lastLine: String = ""
    ) {
        self.exit = exit
        self.ranOutOfMemory = ranOutOfMemory
        self.cause = cause
        self.badOutputs = badOutputs
        self.granted = granted
        self.lastLine = lastLine
    }

    /// Whether it did all that it should: nothing of the four speaks against it.
    var isSuccess: Bool {
        exit == .code(0) && !ranOutOfMemory && cause == nil && badOutputs.isEmpty
    }

    /// What went wrong first, for it explains the others; `nil` where nothing did.
    var trouble: Trouble? {
        if isSuccess { return nil }
        switch exit {
        case .lost(let text): return Trouble(.lost, text)
        case .notStarted(let text): return Trouble(.notStarted, text)
        default: break
        }
        switch cause {
        case .cancelled: return Trouble(.cancelled, "cancelled")
        case .agentEnded: return Trouble(.lost, "its agent ended")
        default: break
        }
        if ranOutOfMemory || cause == .memory {
            return Trouble(.memory, "out of memory, with \(granted) MiB")
        }
        if cause == .walltime { return Trouble(.walltime, "walltime") }
        if cause == .temporary { return Trouble(.temporary, "its TMPDIR grew above the limit") }
        switch exit {
        case .signal(let signal): return Trouble(.signal, said("signal \(signal)"), code: signal)
        case .code(let code) where code != 0:
            return Trouble(.exit, said("exit code \(code)"), code: code)
        default:
            let faults = badOutputs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return Trouble(.outputs, said("output " + faults.joined(separator: ", ")), code: 0)
        }
    }

    private func said(_ text: String) -> String {
        lastLine.isEmpty ? text : "\(text): \(lastLine)"
    }

    /// The one thing that a rule looks at.
    struct Trouble: Hashable, Sendable {
        let source: VerdictRule.Source
        let message: String
        let code: Int?

        init(_ source: VerdictRule.Source, _ message: String, code: Int? = nil) {
            self.source = source
            self.message = message
            self.code = code
        }
    }
}
