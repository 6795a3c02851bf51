/// What a runner says to an agent.
public enum RunnerMessage: Hashable, Sendable {
    /// The first message of a connection; the agent ends one that begins with another version.
    case hello(version: String)
    /// Answered by `started` as soon as there is room, or by `refused`.  An attempt that the agent
    /// knows already is not started again: where it stands is told once more.
    case start(AttemptOrder)
    /// TERM, and KILL after the grace (seconds; that of the order's limits where there is none).
    /// Answered by `ended`; by `withdrawn` where it has not started yet.
    case cancel(id: String, grace: Double?)
    /// Answered by `withdrawn` where it has not started, by `started` where it has.
    case withdraw(id: String)
    /// The result is kept where it is needed: the agent forgets the attempt.
    case acknowledge(id: String)
    /// Nothing is started that is not yet at the agent; it ends when nothing is left.
    case end
    /// Everything is killed, and the agent ends.
    case kill
}

extension RunnerMessage {
    /// The message as one line of JSON with its line feed.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            switch self {
            case .hello(let version):
                writer.field("say", "hello")
                writer.field("version", version)
            case .start(let order):
                writer.field("say", "start")
                order.write(to: &writer)
            case .cancel(let id, let grace):
                writer.field("say", "cancel")
                writer.field("id", id)
                if let grace { writer.field("grace", grace) }
            case .withdraw(let id):
                writer.field("say", "withdraw")
                writer.field("id", id)
            case .acknowledge(let id):
                writer.field("say", "acknowledge")
                writer.field("id", id)
            case .end: writer.field("say", "end")
            case .kill: writer.field("say", "kill")
            }
        }
        return writer.bytes + [0x0A]
    }

    /// Reads a line without its line feed.
    ///
    /// - Throws: `PayloadError` of code `message` with the fault.
    public init(line: [UInt8]) throws(PayloadError) {
        let fields = try JSONFields(try JSONReader.value(of: line), "message")
        switch try fields.text("say") {
        case "hello": self = .hello(version: try fields.text("version"))
        case "start": self = .start(try AttemptOrder(fields))
        case "cancel":
            let grace = try fields.optional("grace", fields.number)
            self = .cancel(id: try fields.text("id"), grace: grace.map { max(0, $0) })
        case "withdraw": self = .withdraw(id: try fields.text("id"))
        case "acknowledge": self = .acknowledge(id: try fields.text("id"))
        case "end": self = .end
        case "kill": self = .kill
        default: throw fields.fault("say", "a message of a runner")
        }
    }
}
