import Glibc

/// The folder of an agent: its lock, its two sockets, its log.
enum AgentHome {
    /// The path without links; where there is no such folder yet, as it is said.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    static let lock = "agent.lock"
    /// What a detached agent says on standard error.
    static let log = "agent.log"
    /// Where the runner connects.
    static let runnerSocket = "agent.sock"
    /// Where the agent's payloads do.
    static let payloadSocket = "payload.sock"
}
