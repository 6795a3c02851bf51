import Foundation
import Glibc
import Synchronization
import Testing

@testable import Execution
@testable import Payloads

/// Pilots that come to no runner, or to the wrong one.
@Suite(.timeLimit(.minutes(10))) struct PilotProgramTests {
    /// A runner that says what a test has it say, on a thread of its own: a pilot does not wait long
    /// for an answer.
    private final class FalseRunner: Sendable {
        private let listener: Descriptor
        private let ends = Mutex(0)

        /// - Parameter converse: speaks on a connection, which is told its number from 0; true where
        ///   all went as it should.
        init(
            in folder: TestFolder,
            converse: @escaping @Sendable (Int, Connection) throws -> Bool
        ) throws {
            listener = try UnixSocket.listen(
                "false", in: try Descriptor(folder.path, O_RDONLY | O_DIRECTORY))
            try PilotAddress.unix("\(folder.path)/false").write(
                to: "\(folder.path)/runner.address")
            Thread { [self] in
                _ = fcntl(listener.number, F_SETFL, 0)
                while let descriptor = UnixSocket.accept(listener) {
                    _ = fcntl(descriptor.number, F_SETFL, 0)
                    let good = try? converse(
                        ends.withLock { $0 }, Connection(descriptor: descriptor))
                    if good == true { ends.withLock { $0 += 1 } }
                }
            }.start()
        }

        /// Waits for the end of so many connections that went as they should.
        func waitForEnds(_ count: Int) async throws -> Bool {
            try await eventually { ends.withLock { $0 } >= count }
        }
    }

    private final class Connection {
        private let descriptor: Descriptor
        private var incoming = LineBuffer()

        init(descriptor: Descriptor) {
            self.descriptor = descriptor
        }

        func say(_ line: HandshakeLine) throws {
            try UnixSocket.send(line.encoded, to: descriptor)
        }

        /// `nil` at the end of the connection.
        func line() throws -> HandshakeLine? {
            try UnixSocket.line(from: descriptor, &incoming, most: 1 << 16)
                .map { line throws in try HandshakeLine(line: line) }
        }
    }

    private static let nonce = String(repeating: "0f", count: 32)

    @Test("a runner of another version is told, and the pilot ends with the status for it")
    func otherVersion() async throws {
        let site = try PilotSite()
        let runner = try FalseRunner(in: site.folder) { _, pilot in
            try pilot.say(.challenge(version: "sgs-payload/2", nonce: Self.nonce))
            return try pilot.line() == nil
        }
        #expect(try site.start().end() == 76)
        #expect(site.end() == PilotEnd(.version, payloads: 0))
        #expect(try await runner.waitForEnds(1))
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
        let runner = try FalseRunner(in: site.folder) { _, pilot in
            try pilot.say(.challenge(version: payloadProtocol, nonce: Self.nonce))
            guard case .pilot(_, "pilot.1", _, let answer)? = try pilot.line() else { return false }
            try pilot.say(.welcome(answer: answer))
            return try pilot.line() == nil
        }
        let process = try site.start()
        #expect(try await runner.waitForEnds(2))
        process.signal(SIGTERM)
        #expect(process.end() == 0)
    }

    @Test("a runner that refuses, or says junk, is asked again")
    func refused() async throws {
        let site = try PilotSite()
        let lines = [
            HandshakeLine.refused(version: nil, reason: "no"), .welcome(answer: ""),
            .pilot(version: payloadProtocol, name: "pilot.1", nonce: Self.nonce, answer: ""),
            .challenge(version: payloadProtocol, nonce: ""),
        ]
        let runner = try FalseRunner(in: site.folder) { number, pilot in
            try pilot.say(lines[min(number, lines.count - 1)])
            return try pilot.line() == nil
        }
        let process = try site.start()
        #expect(try await runner.waitForEnds(lines.count))
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
