import Payloads

/// Where an SDC's payloads run, one host or many, as its runner speaks with it.
///
/// It outlives the runner: what it has goes on, and is told to the next one.
protocol PayloadHost: Sendable {
    /// Finds the host, and tells of it until it is closed.
    func open()

    /// Tells a host; where it cannot be told it is asked again when it is there.
    ///
    /// - Parameter host: one that has told of itself.
    func send(_ messages: [RunnerMessage], to host: HostID)

    /// There is something in line, and was nothing before.
    func call()

    /// Ends the conversation; the host goes on with what it has.
    ///
    /// - Parameter endingAgent: whether it is not needed any more.
    func close(endingAgent: Bool)
}

extension PayloadHost {
    /// A host that is there for good has nothing to do.
    func call() {}
}

/// What a host tells its runner.
enum HostNotice: Sendable {
    /// What it has, where that is not what its runner is set up with.
    case offers(HostOffer)
    /// It is there and has these attempts, each with the cluster that it is in.
    case ready(has: [String: String?])
    case message(AgentMessage)
    case lost(String)
    /// It takes nothing any more, and ends.
    case draining(String)
    /// It is over and never comes back.
    case gone(String)
    /// There is none, and it cannot be had for now.
    case absent(String)
}
