/// The name of the payload protocol that an agent and its runner must share.
///
/// Both say it in their first message; each refuses another one.
public let payloadProtocol = "sgs-payload/1"

/// The most bytes of one message.
let mostBytesOfMessage = 16 << 20
