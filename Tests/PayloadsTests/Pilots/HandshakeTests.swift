import Testing

@testable import Payloads

@Suite struct HandshakeTests {
    private static let token = [UInt8](0..<32)
    private static let runnerNonce = String(repeating: "1a", count: 32)
    private static let pilotNonce = String(repeating: "2b", count: 32)

    private let runner = RunnerHandshake(nonce: runnerNonce)

    private func pilot(token: [UInt8] = token) -> PilotHandshake {
        PilotHandshake(name: "p.1", token: token, nonce: Self.pilotNonce)
    }

    private func bytes(_ line: HandshakeLine) -> [UInt8] { Array(line.encoded.dropLast()) }

    private func answer(of pilot: inout PilotHandshake) throws -> HandshakeLine {
        guard case .say(let line) = try pilot.hear(bytes(runner.challenge)) else {
            throw PayloadError(.message, "no answer")
        }
        return line
    }

    private func outcome(
        _ line: HandshakeLine, _ runner: RunnerHandshake? = nil,
        tokens: [String: [UInt8]] = ["p.1": token]
    ) -> RunnerHandshake.Outcome {
        (runner ?? self.runner).outcome(of: bytes(line)) { tokens[$0] }
    }

    @Test("runner and pilot that have the same token know one another")
    func known() throws {
        var pilot = pilot()
        let line = try answer(of: &pilot)
        // HMAC-SHA256 of "pilot", both nonces and the name, on a line each, by another program.
        #expect(
            line
                == .pilot(
                    version: "sgs-payload/1", name: "p.1", nonce: Self.pilotNonce,
                    answer: "8cfbbb787a4f7d55105d1475c5f5ba832555720a9c816f462ff8614124f4fe0b"))
        let welcome = HandshakeLine.welcome(
            answer: "38568d2ac4db6defcbfaad35c6852219ad7bb50c6a495f432b06ed3f9ada68c2")
        #expect(outcome(line) == .welcomed(name: "p.1", welcome))
        #expect(try pilot.hear(bytes(welcome)) == .welcomed)
    }

    @Test("the token is in no line that is said")
    func secret() throws {
        var pilot = pilot()
        let line = try answer(of: &pilot)
        guard case .welcomed(_, let welcome) = outcome(line) else {
            Issue.record("not welcomed")
            return
        }
        for said in [runner.challenge, line, welcome] {
            let text = String(decoding: said.encoded, as: UTF8.self)
            #expect(!text.contains(Hexadecimal.text(Self.token)))
        }
    }

    @Test("a wrong token and an unknown name are refused in the same words")
    func wrongToken() throws {
        var pilot = pilot(token: [UInt8](1...32))
        let line = try answer(of: &pilot)
        let refused = HandshakeLine.refused(version: nil, reason: "not a pilot of this runner")
        #expect(
            outcome(line)
                == .refused(name: "p.1", refused, reason: "it does not know its token"))
        #expect(
            outcome(line, tokens: [:])
                == .refused(name: "p.1", refused, reason: "there is no such pilot"))
        let error = #expect(throws: PayloadError.self) { try pilot.hear(bytes(refused)) }
        #expect(error?.code == .refused)
    }

    @Test("an answer is of no use on another connection, nor under another name")
    func replayed() throws {
        var pilot = pilot()
        let line = try answer(of: &pilot)
        guard case .refused(_, _, let reason) = outcome(line, RunnerHandshake()) else {
            Issue.record("taken twice")
            return
        }
        #expect(reason == "it does not know its token")
        guard case .pilot(let version, _, let nonce, let code) = line else { return }
        let other = HandshakeLine.pilot(version: version, name: "p.2", nonce: nonce, answer: code)
        guard case .refused = outcome(other, tokens: ["p.2": Self.token]) else {
            Issue.record("taken for another")
            return
        }
    }

    @Test("a runner that sends the pilot's own answer back, or anything else, is not believed")
    func impostor() throws {
        for wrong in ["", "00", String(repeating: "0", count: 64)] {
            var pilot = pilot()
            _ = try answer(of: &pilot)
            let error = #expect(throws: PayloadError.self) {
                try pilot.hear(bytes(.welcome(answer: wrong)))
            }
            #expect(error?.code == .refused)
        }
        var pilot = pilot()
        guard case .pilot(_, _, _, let own) = try answer(of: &pilot) else { return }
        #expect(throws: PayloadError.self) { try pilot.hear(bytes(.welcome(answer: own))) }
        #expect(throws: PayloadError.self) { try pilot.hear(bytes(runner.challenge)) }
    }

    @Test("a welcome before the pilot has answered is none")
    func outOfTurn() {
        var pilot = pilot()
        let error = #expect(throws: PayloadError.self) {
            try pilot.hear(bytes(.welcome(answer: "")))
        }
        #expect(error?.code == .message)
    }

    @Test("either side refuses another version and names both")
    func versions() {
        var pilot = pilot()
        let error = #expect(throws: PayloadError.self) {
            try pilot.hear(
                bytes(.challenge(version: "sgs-payload/2", nonce: Self.runnerNonce)))
        }
        #expect(error?.code == .version)
        #expect(error?.description == "the runner speaks sgs-payload/2, expected sgs-payload/1")
        let reason = "the pilot speaks sgs-payload/0, expected sgs-payload/1"
        #expect(
            outcome(
                .pilot(version: "sgs-payload/0", name: "p.1", nonce: "", answer: ""))
                == .refused(
                    name: "p.1", .refused(version: "sgs-payload/1", reason: reason),
                    reason: reason))
    }

    @Test("a pilot that is refused for its version knows that it is")
    func refusedVersion() throws {
        var pilot = pilot()
        _ = try answer(of: &pilot)
        let error = #expect(throws: PayloadError.self) {
            try pilot.hear(bytes(.refused(version: "sgs-payload/9", reason: "old")))
        }
        #expect(error?.code == .version)
    }

    @Test(
        "what is no line of a pilot is refused",
        arguments: [
            "", "{", "[]", "{\"say\":\"pilot\"}",
            "{\"say\":\"hello\",\"version\":\"sgs-payload/1\"}",
            "{\"say\":\"welcome\",\"answer\":\"\"}",
            "{\"say\":\"pilot\",\"version\":\"sgs-payload/1\",\"name\":\"../x\",\"nonce\":\"\",\"answer\":\"\"}",
            "{\"say\":\"pilot\",\"version\":\"sgs-payload/1\",\"name\":\"a\\nb\",\"nonce\":\"\",\"answer\":\"\"}",
        ])
    func junk(text: String) {
        guard
            case .refused(nil, .refused, _) = runner.outcome(
                of: Array(text.utf8), token: { _ in Self.token })
        else {
            Issue.record("taken")
            return
        }
    }

    @Test("nonces of a few bytes are not taken, on either side")
    func shortNonces() throws {
        var pilot = pilot()
        #expect(throws: PayloadError.self) {
            try pilot.hear(bytes(.challenge(version: payloadProtocol, nonce: "00")))
        }
        let code = Handshake.code(
            side: "pilot", nonces: (Self.runnerNonce, "00"), name: "p.1", token: Self.token)
        guard
            case .refused = outcome(
                .pilot(version: payloadProtocol, name: "p.1", nonce: "00", answer: code))
        else {
            Issue.record("taken")
            return
        }
    }

    @Test("two connections never have the same challenge")
    func fresh() {
        #expect(RunnerHandshake().challenge != RunnerHandshake().challenge)
    }
}
