public import GroundSegment

/// What became of a command; it is kept with the command.
public struct CommandAnswer: Hashable, Sendable, Codable {
    /// The exit status for whoever gave it.
    public let status: Int32
    /// One line.
    public let message: String
    /// The run that it was about.
    public var run: String?
    /// The state of the run, or of the payload, after it.
    public var state: String?
    /// What is legal now, where the command was not.
    public var legal: [String]

    public init(
        _ status: ExitStatus, _ message: String, run: String? = nil, state: String? = nil,
        legal: [String] = []
    ) {
        self.status = status.rawValue
        self.message = message
        self.run = run
        self.state = state
        self.legal = legal
    }

    init(_ error: ExecutionError) {
        let status: ExitStatus =
            switch error.code {
            case .unknownItem: .unknownItem
            case .badPipeline, .badCommand: .badInput
            case .busy: .busy
            default: .failure
            }
        let faults = error.diagnostics.map { "; \($0)" }.joined()
        self.init(status, error.message + faults)
    }

    public var isDone: Bool { status == ExitStatus.done.rawValue }
}
