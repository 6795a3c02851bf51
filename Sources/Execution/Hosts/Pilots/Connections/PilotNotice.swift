import Payloads

/// What the connections of pilots tell.
enum PilotNotice: Sendable {
    /// It has shown who it is, and says what it has.
    ///
    /// A second one without `disconnected` between them is a new connection in place of the first.
    case connected(pilot: String, AgentHello)
    case message(pilot: String, AgentMessage)
    /// Its connection is gone, for this reason; it may come back.
    case disconnected(pilot: String, String)
    /// Someone was turned away; the name is what was said, and nobody has proved it.
    case refused(pilot: String?, String)
}
