import Documents
import GroundSegment

/// What is done about one kind of trouble.
public struct VerdictRule: Hashable, Sendable, Codable {
    /// Which fact speaks against success.
    public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
        case exit, signal, memory, outputs, walltime, temporary, cancelled, lost
        case notStarted = "not_started"
    }

    public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
        /// Again, as one of the attempts that may fail.
        case retry
        /// Again with more memory, where there may be more; else as `fail`.
        case growMemory = "grow_memory"
        /// Again, as lost to the machine.
        case loss
        case fail
        /// An operator decides.
        case hold
        /// The payload was stopped as it was told to.
        case abort
        /// The whole run stops and ends with `status`.
        case abortRun = "abort_run"
    }

    /// Unique in its table.
    public var name: String
    /// Every source where `nil`.
    public var source: Source?
    /// The least and the largest exit code or signal; every one where `nil`.
    public var least: Int?
    public var largest: Int?
    /// A regular expression that occurs in the message; every message where `nil`.
    public var pattern: String?
    /// The executable that it is for; every one where `nil`.
    public var executable: String?
    /// The category of the node that it is for; every one where `nil`.
    public var category: String?
    /// Whether it decides; otherwise it is only told that it would have.
    public var isActive: Bool
    public var action: Action
    /// Of `retry` and `loss`: in place of the node's own number of attempts or losses.
    public var limit: Int?
    /// Of `abort_run`: what the run ends with.
    public var status: Int?

    public init(
        name: String, source: Source? = nil, codes: ClosedRange<Int>? = nil,
        pattern: String? = nil, executable: String? = nil, category: String? = nil,
        isActive: Bool = true, action: Action, limit: Int? = nil, status: Int? = nil
    ) {
        self.name = name
        self.source = source
        least = codes?.lowerBound
        largest = codes?.upperBound
        self.pattern = pattern
        self.executable = executable
        self.category = category
        self.isActive = isActive
        self.action = action
        self.limit = limit
        self.status = status
    }

    func matches(_ trouble: Facts.Trouble, executable name: String, category kind: String) -> Bool {
        if let source, source != trouble.source { return false }
        if let executable, executable != name { return false }
        if let category, category != kind { return false }
        if least != nil || largest != nil {
            guard let code = trouble.code, code >= least ?? .min, code <= largest ?? .max else {
                return false
            }
        }
        guard let pattern else { return true }
        guard let expression = try? Regex(pattern) else { return false }
        return trouble.message.contains(expression)
    }

    /// Larger is stricter: an executable, then a category, one code, a range of them, a pattern, a
    /// source; each is more than all after it together.
    var strictness: Int {
        var value = 0
        if executable != nil { value += 32 }
        if category != nil { value += 16 }
        if least != nil || largest != nil { value += least == largest ? 8 : 4 }
        if pattern != nil { value += 2 }
        if source != nil { value += 1 }
        return value
    }

    /// All that is wrong with it.
    func faults(file: String) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        func fault(_ field: String, _ found: String, _ expected: String) {
            faults.append(
                Diagnostic(
                    file: file, place: .record("rule \(name.printable)"), field: field,
                    found: found.printable, expected: expected))
        }
        if name.isEmpty { fault("name", "nothing", "a name") }
        if let pattern, (try? Regex(pattern)) == nil {
            fault("pattern", pattern, "a regular expression")
        }
        if let least, let largest, least > largest {
            fault("least", "\(least)", "at most the largest, \(largest)")
        }
        if let limit, limit < 1 { fault("limit", "\(limit)", "at least 1") }
        if limit != nil, action != .retry, action != .loss {
            fault("limit", action.rawValue, "an action that tries again")
        }
        if action == .abortRun, !(0...255).contains(status ?? -1) {
            fault("status", status.map(String.init) ?? "nothing", "0 to 255")
        }
        return faults
    }
}
