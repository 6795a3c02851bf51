import Foundation
import Glibc
import Testing

@testable import Execution
@testable import Payloads

/// Pilots that come to no runner, or to the wrong one.
@Suite(.timeLimit(.minutes(5))) struct PilotProgramTests {
    /// A runner that says what a test has it say, to one connection.
    private final class FalseRunner {
        private let listener: Descriptor
        private var connection: Descriptor?
        private var incoming = LineBuffer()

        init(in folder: TestFolder) throws {
            listener = try UnixSocket.listen(
                "false", in: try Descriptor(folder.path, O_RDONLY | O_DIRECTORY))
            try PilotAddress.unix("\(folder.path)/false").write(
                to: "\(folder.path)/runner.address")
        }

        func accept() async throws {
            #expect(
                try await eventually(within: 60) {
                    connection = UnixSocket.accept(listener)
                    return connection != nil
                })
            if let connection { _ = fcntl(connection.number, F_SETFL, 0) }
            incoming = LineBuffer()
        }

        func say(_ line: HandshakeLine) throws {
            try UnixSocket.send(line.encoded, to: try #require(connection))
        }

        /// `nil` at the end of the connection.
        func line() throws -> HandshakeLine? {
            try UnixSocket.line(from: try #require(connection), &incoming, most: 1 << 16)
                .map { line throws in try HandshakeLine(line: line) }
        }
    }

    private static let nonce = String(repeating: "0f", count: 32)

    @Test("a runner of another version is told, and the pilot ends with the status for it")
    func otherVersion() async throws {
        let site = try PilotSite()
        let runner = try FalseRunner(in: site.folder)
        let process = try site.start()
        try await runner.accept()
        try runner.say(.challenge(version: "sgs-payload/2", nonce: Self.nonce))
        #expect(try runner.line() == nil)
        #expect(process.end() == 76)
        #expect(site.end() == PilotEnd(.version, payloads: 0))
    }

    @Test("orders of another version are not followed")
    func otherOrders() throws {
        let site = try PilotSite()
        var orders = site.orders
        orders.version = "sgs-payload/0"
        try orders.write(in: site.folder.path)
        #expect(try site.start(task: 4).end() == 76)
        #expect(site.end(of: 4) == PilotEnd(.version, payloads: 0))
    }

    @Test("a runner that does not know the token learns nothing, and is told nothing")
    func impostor() async throws {
        let site = try PilotSite()
        let runner = try FalseRunner(in: site.folder)
        let process = try site.start()
        for _ in 0..<2 {
            try await runner.accept()
            try runner.say(.challenge(version: payloadProtocol, nonce: Self.nonce))
            guard case .pilot(_, "pilot.1", _, let answer)? = try runner.line() else {
                Issue.record("no answer")
                return
            }
            try runner.say(.welcome(answer: answer))
            #expect(try runner.line() == nil)
        }
        process.signal(SIGTERM)
        #expect(process.end() == 0)
    }

    @Test("a runner that refuses, or says junk, is asked again")
    func refused() async throws {
        let site = try PilotSite()
        let runner = try FalseRunner(in: site.folder)
        let process = try site.start()
        for line in [
            HandshakeLine.refused(version: nil, reason: "no"), .welcome(answer: ""),
            .pilot(version: payloadProtocol, name: "pilot.1", nonce: Self.nonce, answer: ""),
            .challenge(version: payloadProtocol, nonce: ""),
        ] {
            try await runner.accept()
            try runner.say(line)
            #expect(try runner.line() == nil)
        }
        try site.server.address.write(to: site.orders.address)
        _ = try site.notices.hello(of: "pilot.1")
        site.server.send([.end], to: "pilot.1")
        #expect(process.end() == 0)
    }

    @Test("an address that is not there yet, or that is none, is read again")
    func address() throws {
        let site = try PilotSite()
        for text in ["", "tcp:nowhere.invalid:1\n", "junk\n", "tcp:127.0.0.1:1\n"] {
            try site.folder.write(text, to: "runner.address")
            let process = try site.start()
            try site.server.address.write(to: site.orders.address)
            _ = try site.notices.hello(of: "pilot.1")
            site.server.send([.end], to: "pilot.1")
            #expect(process.end() == 0)
        }
    }

    @Test("a pilot with a token of its own is refused by its runner, and ends")
    func wrongToken() throws {
        let site = try PilotSite(idle: 0.5)
        var orders = site.orders
        orders.token = PilotOrders.newToken()
        try orders.write(in: site.folder.path)
        let process = try site.start()
        let refusal = try site.notices.refusal()
        #expect(refusal.pilot == "pilot.1")
        #expect(refusal.reason == "it does not know its token")
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.unreachable, payloads: 0))
    }

    @Test("arguments and orders that cannot be used have a status of their own")
    func unusable() throws {
        let site = try PilotSite()
        #expect(try site.start(folder: "").end() == 64)
        #expect(try site.start(task: 0).end() == 64)
        #expect(try site.start(folder: "\(site.folder.path)/nowhere").end() == 71)
        try site.folder.write("{}", to: "pilot.json")
        #expect(try site.start().end() == 65)
        #expect(site.end() == nil)
    }
}
