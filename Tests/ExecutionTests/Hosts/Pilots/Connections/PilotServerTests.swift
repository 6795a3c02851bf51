import Foundation
import Glibc
import Logging
import Testing

@testable import Execution
@testable import Payloads

/// Who comes to a runner's server of pilots without being one.
@Suite(.timeLimit(.minutes(10))) struct PilotServerTests {
    private let folder: TestFolder
    private let address: PilotAddress
    private let notices = PilotNotices()
    private static let token = [UInt8](repeating: 7, count: 32)

    init() throws {
        folder = try TestFolder()
        address = .unix("\(folder.path)/pilots")
    }

    private func serve(_ limits: PilotServer.Limits = PilotServer.Limits()) throws -> PilotServer {
        try PilotServer(
            listening: address, limits: limits, token: { $0 == "p.1" ? Self.token : nil },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, post: notices.post)
    }

    private func hello(pid: Int = 1) -> AgentMessage {
        .hello(AgentHello(pid: pid, cores: 1, memory: 1))
    }

    @Test("one that knows the token is a pilot, and is told its messages in order")
    func known() throws {
        let server = try serve()
        defer { server.close() }
        let pilot = try Stranger(address)
        try pilot.introduce("p.1", token: Self.token)
        server.send([.end], to: "p.1")
        try pilot.say(hello(pid: 5))
        #expect(try notices.hello(of: "p.1").pid == 5)
        server.send([.withdraw(id: "a"), .acknowledge(id: "b")], to: "p.1")
        server.send([.kill], to: "p.1")
        // What was sent before it was connected is not among them.
        for message in [RunnerMessage.withdraw(id: "a"), .acknowledge(id: "b"), .kill] {
            #expect(try RunnerMessage(line: try #require(try pilot.line())) == message)
        }
        server.send([.end], to: "p.2")
    }

    @Test("a wrong token and an unknown name are turned away and told")
    func wrongToken() throws {
        let server = try serve()
        defer { server.close() }
        for (name, token, reason) in [
            ("p.1", [UInt8](repeating: 8, count: 32), "it does not know its token"),
            ("p.2", Self.token, "there is no such pilot"),
        ] {
            let stranger = try Stranger(address)
            #expect(throws: PayloadError.self) { try stranger.introduce(name, token: token) }
            #expect(stranger.isEnded())
            let refusal = try notices.refusal()
            #expect(refusal.pilot == name)
            #expect(refusal.reason == reason)
        }
    }

    @Test("an answer that was overheard is of no use")
    func replayed() throws {
        let server = try serve()
        defer { server.close() }
        let pilot = try Stranger(address)
        var handshake = PilotHandshake(name: "p.1", token: Self.token)
        guard case .say(let answer) = try handshake.hear(try #require(try pilot.line())) else {
            Issue.record("no answer")
            return
        }
        try pilot.say(answer)
        #expect(try handshake.hear(try #require(try pilot.line())) == .welcomed)
        let thief = try Stranger(address)
        _ = try thief.handshakeLine()
        try thief.say(answer)
        #expect(
            try thief.handshakeLine()
                == .refused(version: nil, reason: "not a pilot of this runner"))
        #expect(thief.isEnded())
        #expect(try notices.refusal().reason == "it does not know its token")
    }

    @Test("a pilot of another version is told both versions")
    func oldVersion() throws {
        let server = try serve()
        defer { server.close() }
        let old = try Stranger(address)
        _ = try old.handshakeLine()
        try old.say(.pilot(version: "sgs-payload/0", name: "p.1", nonce: "", answer: ""))
        let reason = "the pilot speaks sgs-payload/0, expected sgs-payload/1"
        #expect(try old.handshakeLine() == .refused(version: "sgs-payload/1", reason: reason))
        #expect(old.isEnded())
        let refusal = try notices.refusal()
        #expect(refusal.pilot == "p.1")
        #expect(refusal.reason == reason)
    }

    @Test(
        "what is no handshake ends the connection",
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "\n", "{\"say\":\"start\"}\n", "\u{0}\u{1}\u{2}\n",
            "{\"say\":\"hello\",\"version\":\"sgs-payload/1\"}\n",
            String(repeating: "[", count: 4000) + "\n",
            String(repeating: "x", count: 5000), String(repeating: "x", count: 5000) + "\n",
        ])
    func junk(text: String) throws {
        let server = try serve()
        defer { server.close() }
        let stranger = try Stranger(address)
        _ = try stranger.handshakeLine()
        try stranger.say(text)
        #expect(stranger.isEnded())
        #expect(try notices.refusal().pilot == nil)
    }

    @Test("messages before the handshake are not heard, and one that is no hello after it neither")
    func tooEarly() throws {
        let server = try serve()
        defer { server.close() }
        let eager = try Stranger(address)
        try eager.say(.withdrawn(id: "a"))
        #expect(eager.isEnded())
        _ = try notices.refusal()
        let other = try Stranger(address)
        try other.introduce("p.1", token: Self.token)
        try other.say(.withdrawn(id: "a"))
        #expect(other.isEnded())
        #expect(try notices.refusal().pilot == "p.1")
    }

    @Test("who does not say who it is in time is turned away", arguments: [false, true])
    func slow(afterHandshake: Bool) throws {
        var limits = PilotServer.Limits()
        limits.handshake = .milliseconds(afterHandshake ? 1000 : 50)
        let server = try serve(limits)
        defer { server.close() }
        let stranger = try Stranger(address)
        if afterHandshake {
            try stranger.introduce("p.1", token: Self.token)
        } else {
            try stranger.say("{")
        }
        #expect(stranger.isEnded())
        #expect(try notices.refusal().reason.hasPrefix("no handshake within "))
    }

    @Test("no more strangers are let in at a time than may be, and pilots are not among them")
    func crowd() throws {
        var limits = PilotServer.Limits()
        limits.strangers = 2
        let server = try serve(limits)
        defer { server.close() }
        let pilot = try Stranger(address)
        try pilot.introduce("p.1", token: Self.token)
        try pilot.say(hello())
        _ = try notices.hello(of: "p.1")
        let strangers = try (0..<2).map { _ in try Stranger(address) }
        for stranger in strangers { #expect(try stranger.handshakeLine() != nil) }
        let third = try Stranger(address)
        #expect(third.isEnded())
        #expect(
            try notices.refusal().reason == "too many connections that have not said who they are")
        try strangers[0].say("\n")
        #expect(strangers[0].isEnded())
        _ = try notices.refusal()
        #expect(try Stranger(address).handshakeLine() != nil)
        server.send([.kill], to: "p.1")
        #expect(try RunnerMessage(line: try #require(try pilot.line())) == .kill)
    }

    @Test("what a pilot says that is no message is left out, and a line without an end ends it")
    func badMessages() throws {
        let server = try serve()
        defer { server.close() }
        let pilot = try Stranger(address)
        try pilot.introduce("p.1", token: Self.token)
        try pilot.say(hello())
        _ = try notices.hello(of: "p.1")
        try pilot.say("junk\n{\"say\":\"ended\"}\n\n")
        try pilot.say(.withdrawn(id: "a"))
        #expect(try notices.message(of: "p.1") { $0 } == .withdrawn(id: "a"))
        let long = String(repeating: "x", count: 1 << 20)
        #expect(throws: PayloadError.self) { while true { try pilot.say(long) } }
        #expect(try notices.loss(of: "p.1") == "a line without an end")
    }

    @Test("a second connection of a pilot takes the place of the first, of which nothing is told")
    func replaced() throws {
        let server = try serve()
        defer { server.close() }
        let first = try Stranger(address)
        try first.introduce("p.1", token: Self.token)
        try first.say(hello(pid: 1))
        #expect(try notices.hello(of: "p.1").pid == 1)
        let second = try Stranger(address)
        try second.introduce("p.1", token: Self.token)
        try second.say(hello(pid: 2))
        #expect(try notices.hello(of: "p.1").pid == 2)
        #expect(first.isEnded())
        try second.say(.withdrawn(id: "a"))
        let next = try notices.first { $0 }
        guard case .message("p.1", .withdrawn("a")) = next else {
            Issue.record("\(next)")
            return
        }
        server.send([.kill], to: "p.1")
        #expect(try RunnerMessage(line: try #require(try second.line())) == .kill)
    }

    @Test("a pilot that does not read is taken for gone")
    func deaf() throws {
        let server = try serve()
        defer { server.close() }
        let pilot = try Stranger(address)
        try pilot.introduce("p.1", token: Self.token)
        try pilot.say(hello())
        _ = try notices.hello(of: "p.1")
        let id = String(repeating: "x", count: 1 << 20)
        for _ in 0..<70 { server.send([.withdraw(id: id)], to: "p.1") }
        #expect(try notices.loss(of: "p.1") == "the pilot does not read")
    }

    @Test("a server that is closed ends its connections and tells nothing")
    func closed() throws {
        let server = try serve()
        let pilot = try Stranger(address)
        try pilot.introduce("p.1", token: Self.token)
        try pilot.say(hello())
        _ = try notices.hello(of: "p.1")
        server.close()
        #expect(pilot.isEnded())
        #expect(throws: PilotNotices.Nothing.self) { try notices.first(within: 0) { $0 } }
        #expect(throws: PayloadError.self) { try Stranger(address) }
    }

    @Test("what the runner starts holds no connection")
    func inherited() throws {
        let server = try serve()
        defer { server.close() }
        let pilot = try Stranger(address)
        try pilot.introduce("p.1", token: Self.token)
        try pilot.say(hello())
        _ = try notices.hello(of: "p.1")
        let program = try OutsideProgram(["sleep", "3600"])
        defer { _ = program.end(within: 0) }
        server.drop("p.1")
        #expect(pilot.isEnded())
        server.close()
        #expect(throws: PayloadError.self) { try Stranger(address) }
    }

    @Test("the socket is the owner's alone, and one that was left behind is replaced")
    func socket() throws {
        try serve().close()
        let server = try serve()
        defer { server.close() }
        guard case .unix(let path) = address else { return }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try Stranger(address).handshakeLine() != nil)
    }

    @Test("an address on which it cannot listen is told")
    func noAddress() throws {
        let taken = try PilotServer(
            listening: .tcp(host: "127.0.0.1", port: 0), token: { _ in nil },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, post: { _ in })
        defer { taken.close() }
        for address in [
            taken.address, .unix("\(folder.path)/nowhere/pilots"),
            .unix("\(folder.path)/\(String(repeating: "x", count: 200))"),
        ] {
            let error = #expect(throws: ExecutionError.self) {
                try PilotServer(
                    listening: address, token: { _ in nil },
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                    post: { _ in })
            }
            #expect(error?.code == .host)
            #expect(error?.message.contains("cannot listen on \(address)") == true)
        }
    }
}
