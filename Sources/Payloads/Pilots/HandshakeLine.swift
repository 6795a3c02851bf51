/// What a runner and a pilot say to one another before either believes the other: a line of JSON
/// each.
package enum HandshakeLine: Hashable, Sendable {
    /// The runner's first word.
    case challenge(version: String, nonce: String)
    /// The pilot's answer, with a challenge of its own.
    case pilot(version: String, name: String, nonce: String, answer: String)
    /// The runner's answer to that.
    case welcome(answer: String)
    /// The runner does not take the pilot; `version` is its own where that is why.
    case refused(version: String?, reason: String)

    /// The most bytes of a line.
    package static let mostBytes = 4096

    /// The line with its line feed.
    package var encoded: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            switch self {
            case .challenge(let version, let nonce):
                writer.field("say", "challenge")
                writer.field("version", version)
                writer.field("nonce", nonce)
            case .pilot(let version, let name, let nonce, let answer):
                writer.field("say", "pilot")
                writer.field("version", version)
                writer.field("name", name)
                writer.field("nonce", nonce)
                writer.field("answer", answer)
            case .welcome(let answer):
                writer.field("say", "welcome")
                writer.field("answer", answer)
            case .refused(let version, let reason):
                writer.field("say", "refused")
                writer.field("version", version)
                writer.field("reason", reason)
            }
        }
        return writer.bytes + [0x0A]
    }

    /// Reads a line without its line feed.
    ///
    /// - Throws: `PayloadError` of code `message`.
    package init(line: [UInt8]) throws(PayloadError) {
        guard line.count <= Self.mostBytes else {
            throw PayloadError(.message, "a line of the handshake that is too long")
        }
        let fields = try JSONFields(try JSONReader.value(of: line), "handshake")
        switch try fields.text("say") {
        case "challenge":
            self = .challenge(version: try fields.text("version"), nonce: try fields.text("nonce"))
        case "pilot":
            self = .pilot(
                version: try fields.text("version"), name: try fields.text("name"),
                nonce: try fields.text("nonce"), answer: try fields.text("answer"))
        case "welcome": self = .welcome(answer: try fields.text("answer"))
        case "refused":
            self = .refused(
                version: try fields.optional("version", fields.text),
                reason: try fields.text("reason"))
        default: throw fields.fault("say", "a line of the handshake")
        }
    }
}
