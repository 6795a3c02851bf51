import Foundation
import Glibc
import GroundSegment
import Logging
import Payloads
import Testing

@testable import Execution

/// Agent programs that do not become an agent.
@Suite(.timeLimit(.minutes(10))) struct LocalHostTests {
    let site: TestSite

    init() throws {
        site = try TestSite()
    }

    /// An agent program; copied by another process, so that no process which is started meanwhile
    /// has it open for writing (execve(2), ETXTBSY).
    private func program(_ script: String) throws -> String {
        let text = try site.folder.write("#!/bin/sh\n\(script)\n", to: "agent.txt")
        let path = "\(site.folder.path)/agent.sh"
        try #require(try OutsideProgram(["install", "-m", "755", text, path]).end().status == 0)
        return path
    }

    /// What is told first of an agent of this program.
    private func notice(_ program: String, patience: Double = 60) async -> HostNotice? {
        let notices = Mailbox<HostNotice>()
        let host = LocalHost(
            program: program, home: "\(site.folder.path)/home", room: site.room,
            patience: patience, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            post: notices.post)
        host.open()
        defer { host.close(endingAgent: true) }
        return await notices.next().first
    }

    private func absence(_ program: String, patience: Double = 60) async -> String? {
        guard case .absent(let message) = await notice(program, patience: patience) else {
            return nil
        }
        return message
    }

    @Test("an agent program that ends at once is told with its status and what it said")
    func endsAtOnce() async throws {
        let path = try program("echo 'no room here' >&2; exit 3")
        let message = await absence(path)
        #expect(
            message == "the agent program \(path) did not start: exit status 3 no room here")
    }

    @Test("an agent program that ends well but leaves no agent is told")
    func leavesNothing() async throws {
        let path = try program("exit 0")
        let message = try #require(await absence(path))
        #expect(message.hasPrefix("the agent program \(path) did not start: "))
    }

    private func number(in file: String) throws -> pid_t {
        let text = try String(contentsOfFile: "\(site.folder.path)/\(file)", encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .newlines)))
    }

    @Test("an agent program that never answers is killed, whatever it started")
    func neverAnswers() async throws {
        let path = try program(
            """
            cd \(site.folder.path)
            if [ -e pid ]; then exit 3; fi
            sleep 3600 &
            echo $! > other; echo $$ > pid
            exec sleep 3600
            """)
        let message = await absence(path, patience: 1)
        #expect(message == "the agent program \(path) did not start: no answer within 1.0 s")
        let (process, other) = (try number(in: "pid"), try number(in: "other"))
        defer { kill(other, SIGKILL) }
        #expect(kill(process, 0) == -1)
    }

    @Test("an agent program that is missing is told")
    func missing() async throws {
        let path = "\(site.folder.path)/nothing"
        let message = try #require(await absence(path))
        #expect(message.hasPrefix("the agent program \(path) did not start: "))
        #expect(message.hasSuffix("No such file or directory"))
    }

    @Test("a runner without an agent ends where it is to end, and its run goes on with the next")
    func runnerWithoutAgent() async throws {
        var broken = site
        try broken.addPipeline("observation", steps: [("step", "echo 1 > $out", 1)])
        broken.agent = try program("exit 3")
        try broken.source("SDC-FR").place(broken.order("1"))
        let error = await #expect(throws: ExecutionError.self) { try await broken.serve("SDC-FR") }
        #expect(error?.code == .host)
        broken.endsWhenIdle = false
        do {
            let drained = try await broken.runner("SDC-FR")
            drained.drain()
            #expect(try await drained.run().unfinished == 1)
        }
        #expect(try await site.serve("SDC-FR").completed == 1)
    }
}
