/// What is in the environment of every process of an attempt, and of no other.
public struct AttemptMark: Hashable, Sendable {
    /// The agent's folder; the socket that its payloads speak to is in it.
    public let home: String
    /// The attempt's; `nil`: all attempts of the agent.
    public let id: String?
    public let token: UInt64?

    /// All attempts of the agent of a folder.
    public init(home: String) {
        self.home = AgentHome.resolved(home)
        id = nil
        token = nil
    }

    /// One attempt, whose identifier no other attempt of the agent has.
    public init(home: String, id: String) {
        self.home = AgentHome.resolved(home)
        self.id = id
        token = nil
    }

    /// One attempt.
    public init(home: String, id: String, token: UInt64) {
        self.home = AgentHome.resolved(home)
        self.id = id
        self.token = token
    }

    /// With the agent's folder as it is in the environment already.
    init(resolved home: String, id: String, token: UInt64) {
        self.home = home
        self.id = id
        self.token = token
    }

    /// Its variables in the environment.
    var variables: [(name: String, value: String)] {
        var variables = [(name: "SGS_AGENT", value: "\(home)/\(AgentHome.payloadSocket)")]
        if let id { variables.append(("SGS_ATTEMPT", id)) }
        if let token { variables.append(("SGS_TOKEN", "\(token)")) }
        return variables
    }

    /// `NAME=value` of each of them.
    var entries: [[UInt8]] { variables.map { Array("\($0.name)=\($0.value)".utf8) } }
}
