import CProcess
import Glibc

extension Agent {
    /// Runs an agent in a process of its own, in a session of its own, with its standard error in
    /// `agent.log` of its folder.
    ///
    /// The calling process ends as soon as the agent can be reached, with status 0, or when it
    /// cannot begin, with the agent's exit status.
    ///
    /// - Returns: in the agent's process, the exit status: 0.
    /// - Throws: in the agent's process, what `init` and `run` throw.
    public static func runDetached(
        _ configuration: AgentConfiguration
    ) throws(PayloadError) -> Int32 {
        let ready = cprocess_detach()
        guard ready >= 0 else {
            throw PayloadError(.configuration, "cannot make a process", errno: errno)
        }
        var agent = try Agent(configuration)
        let log = try Descriptor(
            "\(agent.home)/\(AgentHome.log)", O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
        dup2(agent.nothing.number, STDIN_FILENO)
        dup2(log.number, STDOUT_FILENO)
        dup2(log.number, STDERR_FILENO)
        var status: UInt8 = 0
        write(ready, &status, 1)
        close(ready)
        return try agent.run()
    }
}
