import Digests

/// How a runner and a pilot know one another: each has the other prove that it knows the pilot's
/// token, by a code (HMAC-SHA256) of what both have drawn for this connection.
///
/// The token is never sent, and what has been said on one connection is of no use on another.
package enum Handshake {
    /// What a side shows, in hexadecimal digits.
    ///
    /// - Parameters:
    ///   - side: `pilot` or `runner`, so that neither's answer is the other's.
    ///   - nonces: the runner's and the pilot's.
    static func code(
        side: String, nonces: (runner: String, pilot: String), name: String, token: [UInt8]
    ) -> String {
        let text = "\(side)\n\(nonces.runner)\n\(nonces.pilot)\n\(name)"
        return Hexadecimal.text(HMACSHA256.code(of: Array(text.utf8), key: token))
    }

    static func isEqual(_ found: String, _ expected: String) -> Bool {
        HMACSHA256.isEqual(Array(found.utf8), Array(expected.utf8))
    }

    /// Whether a text is what a side draws: 32 bytes in hexadecimal digits.
    static func isNonce(_ text: String) -> Bool { Hexadecimal.bytes(text)?.count == 32 }

    static func newNonce() -> String { Hexadecimal.text(Hexadecimal.random()) }

    static func otherVersion(_ version: String, of side: String) -> String {
        "the \(side) speaks \(printable(version.utf8, limit: 60)), expected \(payloadProtocol)"
    }
}

/// The runner's side of one connection: it begins, and takes one line.
package struct RunnerHandshake: Sendable {
    private let nonce: String

    package init() {
        self.init(nonce: Handshake.newNonce())
    }

    init(nonce: String) {
        self.nonce = nonce
    }

    /// The first line.
    package var challenge: HandshakeLine {
        .challenge(version: payloadProtocol, nonce: nonce)
    }

    /// What comes of the pilot's line.
    package enum Outcome: Hashable, Sendable {
        case welcomed(name: String, HandshakeLine)
        /// The line is the last one of the connection; `reason` is for the runner alone.
        case refused(name: String?, HandshakeLine, reason: String)
    }

    /// Judges the pilot's line; only a name that may be one, and not before it is, is believed.
    ///
    /// - Parameter token: a pilot's, by its name; `nil` where there is no such pilot.
    package func outcome(of line: [UInt8], token: (String) -> [UInt8]?) -> Outcome {
        let said: HandshakeLine
        do throws(PayloadError) {
            said = try HandshakeLine(line: line)
        } catch {
            let reason = printable(error.description.utf8)
            return .refused(name: nil, .refused(version: nil, reason: reason), reason: reason)
        }
        guard case .pilot(let version, let name, let other, let answer) = said,
            PilotName.isUsable(name)
        else {
            let reason = "expected a pilot's line"
            return .refused(name: nil, .refused(version: nil, reason: reason), reason: reason)
        }
        guard version == payloadProtocol else {
            let reason = Handshake.otherVersion(version, of: "pilot")
            return .refused(
                name: name, .refused(version: payloadProtocol, reason: reason), reason: reason)
        }
        let known = token(name)
        // Who asks learns neither by the words nor by the time whether there is such a pilot.
        let key = known ?? Hexadecimal.random()
        let expected = Handshake.code(
            side: "pilot", nonces: (nonce, other), name: name, token: key)
        guard Handshake.isEqual(answer, expected), known != nil, Handshake.isNonce(other) else {
            return .refused(
                name: name, .refused(version: nil, reason: "not a pilot of this runner"),
                reason: known == nil ? "there is no such pilot" : "it does not know its token")
        }
        let own = Handshake.code(side: "runner", nonces: (nonce, other), name: name, token: key)
        return .welcomed(name: name, .welcome(answer: own))
    }
}

/// The pilot's side of one connection.
struct PilotHandshake: Sendable {
    private let name: String
    private let token: [UInt8]
    private let nonce: String
    private var state = State.silent

    private enum State {
        /// Nothing was said.
        case silent
        /// It has answered, and knows what the runner has to.
        case answered(expected: String)
        case over
    }

    init(name: String, token: [UInt8], nonce: String = Handshake.newNonce()) {
        self.name = name
        self.token = token
        self.nonce = nonce
    }

    enum Outcome: Hashable, Sendable {
        case say(HandshakeLine)
        case welcomed
    }

    /// What comes of a line of the runner.
    ///
    /// - Throws: `PayloadError` of code `version` where it speaks another version, of code
    ///   `refused` where it does not take the pilot or does not know its token, of code `message`
    ///   for what is no line of a handshake; the connection is of no use then.
    mutating func hear(_ line: [UInt8]) throws(PayloadError) -> Outcome {
        let state = self.state
        self.state = .over
        switch (state, try HandshakeLine(line: line)) {
        case (.silent, .challenge(let version, let other)):
            guard version == payloadProtocol else {
                throw PayloadError(.version, Handshake.otherVersion(version, of: "runner"))
            }
            guard Handshake.isNonce(other) else {
                throw PayloadError(.message, "handshake: a challenge that is too short")
            }
            let nonces = (other, nonce)
            self.state = .answered(
                expected: Handshake.code(side: "runner", nonces: nonces, name: name, token: token))
            return .say(
                .pilot(
                    version: payloadProtocol, name: name, nonce: nonce,
                    answer: Handshake.code(
                        side: "pilot", nonces: nonces, name: name, token: token)))
        case (.answered(let expected), .welcome(let answer)):
            guard Handshake.isEqual(answer, expected) else {
                throw PayloadError(.refused, "the runner does not know this pilot's token")
            }
            return .welcomed
        case (_, .refused(let version?, let reason)) where version != payloadProtocol:
            throw PayloadError(
                .version,
                "\(Handshake.otherVersion(version, of: "runner")): "
                    + printable(reason.utf8, limit: 200))
        case (_, .refused(_, let reason)):
            throw PayloadError(
                .refused, "the runner does not take this pilot: \(printable(reason.utf8))")
        default: throw PayloadError(.message, "handshake: a line that is not its turn")
        }
    }
}
