import Payloads

/// Where an SDC's payloads run, as its runner speaks with it.
///
/// It outlives the runner: what it has goes on, and is told to the next one.
protocol PayloadHost: Sendable {
    /// Finds the host, and tells of it until it is closed.
    func open()

    /// Tells the host; where it cannot be told it is asked again when it is there.
    func send(_ messages: [RunnerMessage])

    /// Ends the conversation; the host goes on with what it has.
    ///
    /// - Parameter endingAgent: whether it is not needed any more.
    func close(endingAgent: Bool)
}

/// What a host tells its runner.
enum HostNotice: Sendable {
    /// It is there and has these attempts, each with the cluster that it is in.
    case ready(has: [String: String?])
    case message(AgentMessage)
    case lost(String)
    /// There is none, and it cannot be had for now.
    case absent(String)
}
