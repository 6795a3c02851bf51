/// A command of a tool with everything resolved: what an executor runs.
public struct ToolCommand: Hashable, Sendable {
    /// The tool's name in messages.
    public let name: String
    /// The program, which is looked for in PATH, and its arguments.
    public let words: [String]
    /// All of its environment.
    public let environment: [String: String]
    /// Where it starts, and leaves its outputs: an absolute path. Its inputs are staged; their
    /// paths are in its words.
    public let folder: String
    /// Paths of what becomes its standard input, output and error; `nil`: nothing, and the
    /// messages of this program.
    public let input: String?
    public let output: String?
    public let error: String?
    public let cores: Int
    /// MiB.
    public let memory: Int
    /// How long it may run.
    public let timeLimit: Duration?
}

/// How a command ended.
public enum CommandEnd: Hashable, Sendable {
    /// By itself, with this status.
    case exited(Int)
    /// By a signal.
    case killed(Int32)
    /// It had not ended within its limit, and was killed.
    case timedOut
}

/// Runs the commands of tools: on this machine, or wherever a command can be run that finds its
/// folder and inputs under the same paths.
public protocol CommandExecutor: Sendable {
    /// Runs a command to its end; where the task is cancelled, the command is ended.
    ///
    /// - Throws: `CWLError` where it cannot be started.
    func run(_ command: ToolCommand) async throws(CWLError) -> CommandEnd
}
