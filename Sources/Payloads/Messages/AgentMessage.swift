/// What an agent says to its runner.
public enum AgentMessage: Hashable, Sendable {
    /// The first message of a connection; the results that it names as ended follow.
    case hello(AgentHello)
    /// The process is there; `time` is seconds since 1970-01-01T00:00 UTC.
    case started(id: String, pid: Int, time: Double)
    /// The result is in the attempt's folder; told again on every connection until acknowledged.
    case ended(AttemptResult)
    /// It has not started and never will; the agent has forgotten it.
    case withdrawn(id: String)
    case sample(Sample)
    /// What a process inside the attempt asked for, one printable line; `number` counts the
    /// attempt's from 0, since all are told again on every connection until the result is
    /// acknowledged.
    case subjob(id: String, number: Int, text: String)
    /// What was asked for is not done; `id` is the attempt's where one was named.
    case refused(id: String?, reason: String)
    /// It takes nothing any more, and ends soon for this reason.
    case draining(reason: String)
}

extension AgentMessage {
    /// The message as one line of JSON with its line feed.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            switch self {
            case .hello(let hello):
                writer.field("say", "hello")
                hello.write(to: &writer)
            case .started(let id, let pid, let time):
                writer.field("say", "started")
                writer.field("id", id)
                writer.field("pid", pid)
                writer.field("time", time)
            case .ended(let result):
                writer.field("say", "ended")
                result.write(to: &writer)
            case .withdrawn(let id):
                writer.field("say", "withdrawn")
                writer.field("id", id)
            case .sample(let sample):
                writer.field("say", "sample")
                sample.write(to: &writer)
            case .subjob(let id, let number, let text):
                writer.field("say", "subjob")
                writer.field("id", id)
                writer.field("number", number)
                writer.field("text", text)
            case .refused(let id, let reason):
                writer.field("say", "refused")
                writer.field("id", id)
                writer.field("reason", reason)
            case .draining(let reason):
                writer.field("say", "draining")
                writer.field("reason", reason)
            }
        }
        return writer.bytes + [0x0A]
    }

    /// Reads a line without its line feed.
    ///
    /// - Throws: `PayloadError` of code `message` with the fault; of code `version` for the hello
    ///   of another version.
    public init(line: [UInt8]) throws(PayloadError) {
        let fields = try JSONFields(try JSONReader.value(of: line), "message")
        switch try fields.text("say") {
        case "hello": self = .hello(try AgentHello(fields))
        case "started":
            self = .started(
                id: try fields.text("id"), pid: try fields.count("pid"),
                time: try fields.number("time"))
        case "ended": self = .ended(try AttemptResult(fields))
        case "withdrawn": self = .withdrawn(id: try fields.text("id"))
        case "sample": self = .sample(try Sample(fields))
        case "subjob":
            self = .subjob(
                id: try fields.text("id"), number: try fields.count("number"),
                text: try fields.text("text"))
        case "refused":
            self = .refused(
                id: try fields.optional("id", fields.text), reason: try fields.text("reason"))
        case "draining": self = .draining(reason: try fields.text("reason"))
        default: throw fields.fault("say", "a message of an agent")
        }
    }
}
