public import GroundSegment

/// A job's failure, as rules look at it.
public struct JobFailure: Hashable, Sendable {
    /// Who noticed it.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        /// The pipeline ended with a code.
        case pipeline
        /// It had too little memory.
        case memory
        /// It ran longer than it asked for.
        case walltime
        /// An output is missing or wrong.
        case output
        /// A transfer failed.
        case transfer
        /// The SDC, its runner or the machine was lost.
        case site
    }

    public let source: Source
    /// The exit code or another number of the source; `nil` where there is none.
    public let code: Int?
    public let message: String
    public let pipeline: String
    public let release: String
    public let sdc: ID<SDC>
    /// Attempts of the job so far, this one too.
    public let attempts: Int

    public init(
        source: Source, code: Int? = nil, message: String = "", pipeline: String,
        release: String = "", sdc: ID<SDC>, attempts: Int = 1
    ) {
        self.source = source
        self.code = code
        self.message = message
        self.pipeline = pipeline
        self.release = release
        self.sdc = sdc
        self.attempts = attempts
    }
}

/// What is done about jobs that fail in a certain way.
public struct RetryRule: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        /// The job is lost at once.
        case noRetry
        /// So many attempts after the first, whatever the task's policy has.
        case limitRetry(Int)
        /// As the task's policy has it.
        case retry
        /// With the next rung of the memory ladder.
        case increaseMemory
        case increaseMemoryTimes(MemoryGrowth)
        /// With this many times the processor time and walltime; JEDI takes 1.5.
        case increaseTime(Double)
        /// With this part of the units in a job, and the others in jobs of their own.
        case reduceInput(Double)
        /// At another SDC.
        case elsewhere
    }

    /// Its own in a table.
    public let name: String
    /// The failures that it is for; `nil` for any.
    public let source: JobFailure.Source?
    public let codes: ClosedRange<Int>?
    /// A regular expression that is found somewhere in the message.
    public let message: String?
    public let pipeline: String?
    public let release: String?
    public let sdc: ID<SDC>?
    /// Whether it acts; a passive rule is only told.
    public let isActive: Bool
    public let action: Action

    /// - Throws: `RetryRuleError` where the message's expression is none.
    public init(
        _ name: String, source: JobFailure.Source? = nil, codes: ClosedRange<Int>? = nil,
        message: String? = nil, pipeline: String? = nil, release: String? = nil,
        sdc: ID<SDC>? = nil, isActive: Bool = true, action: Action
    ) throws(RetryRuleError) {
        if let message, (try? Regex(message)) == nil {
            throw RetryRuleError(rule: name, expression: message)
        }
        self.name = name
        self.source = source
        self.codes = codes
        self.message = message
        self.pipeline = pipeline
        self.release = release
        self.sdc = sdc
        self.isActive = isActive
        self.action = action
    }

    /// Whether it is for a failure.
    public func takes(_ failure: JobFailure) -> Bool {
        guard source == nil || source == failure.source,
            pipeline == nil || pipeline == failure.pipeline,
            release == nil || release == failure.release, sdc == nil || sdc == failure.sdc
        else { return false }
        if let codes { guard let code = failure.code, codes.contains(code) else { return false } }
        guard let message else { return true }
        guard let expression = try? Regex(message) else { return false }
        return failure.message.contains(expression)
    }

    /// How much it asks for: rules that ask for more go first. A range of codes asks for less than
    /// one code.
    var strictness: Int {
        let conditions = [
            source != nil, codes != nil, codes?.count == 1, message != nil, pipeline != nil,
            release != nil, sdc != nil,
        ]
        return conditions.filter(\.self).count
    }
}

/// A rule whose expression for messages is no regular expression.
public struct RetryRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    public let rule: String
    public let expression: String

    public var description: String {
        "retry rule \(rule): found \(expression), expected a regular expression"
    }
}
