import Foundation
import Glibc
import Testing

@testable import Payloads

/// What comes to the agent's sockets, and who may have its folder.
@Suite(.timeLimit(.minutes(10))) struct AgentPeerTests {
    private let agent: TestAgent

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        agent = try TestAgent()
    }

    /// A connection that says what it likes.
    private func peer(_ name: String = AgentHome.runnerSocket) throws -> Descriptor {
        try UnixSocket.connect(name, in: Descriptor(agent.home, O_RDONLY | O_DIRECTORY))
    }

    /// Says something and gives what is answered until the agent ends the connection.
    private func answer(to bytes: [UInt8], at name: String = AgentHome.runnerSocket) throws
        -> [AgentMessage]
    {
        let peer = try peer(name)
        _ = peer.write(bytes)
        return try peer.contents(limit: 1 << 20).split(separator: 0x0A).map {
            try AgentMessage(line: Array($0))
        }
    }

    @Test("a runner of another version is refused with the version that is spoken")
    func otherVersion() throws {
        let answer = try answer(to: RunnerMessage.hello(version: "sgs-payload/2").encoded())
        #expect(answer == [.refused(id: nil, reason: "expected the hello of sgs-payload/1")])
    }

    @Test(
        "whoever does not begin with a hello is refused, and everyone else served",
        arguments: [
            "\n", "GET / HTTP/1.1\r\n\r\n", "\0\u{1}\u{2}\n", "{\"say\":\"kill\"}\n",
            "{\"say\":\"start\"}\n", "[[[[\n", "\"\u{7f}\n",
        ])
    func garbage(text: String) throws {
        let runner = try agent.connect()
        let answer = try answer(to: Array(text.utf8))
        guard case .refused(nil, let reason)? = answer.first, answer.count == 1 else {
            Issue.record("\(answer)")
            return
        }
        #expect(!reason.isEmpty)
        #expect(try runner.run(agent.order("a", "exit 2")).exit == .code(2))
    }

    @Test("a runner's bad line is told and passed over")
    func badLine() throws {
        let peer = try peer()
        _ = peer.write(RunnerMessage.hello(version: payloadProtocol).encoded())
        _ = peer.write(Array("{\"say\":\"jump\"}\n".utf8) + [0xFF, 0x0A])
        _ = peer.write(RunnerMessage.withdraw(id: "x\u{1}").encoded() + RunnerMessage.end.encoded())
        let lines = try peer.contents(limit: 1 << 20).split(separator: 0x0A).map {
            try AgentMessage(line: Array($0))
        }
        #expect(
            Array(lines.dropFirst()) == [
                .refused(
                    id: nil,
                    reason:
                        "message: field say: found \"jump\", expected a message of a runner"),
                .refused(id: nil, reason: "JSON: byte 0: expected a value or a digit"),
                .refused(id: "x\u{FFFD}", reason: "is not known"),
            ])
    }

    @Test("a line without an end is refused before it fills the memory")
    func endlessLine() throws {
        let peer = try peer()
        let bytes = [UInt8](repeating: 0x20, count: 1 << 20)
        var sent = 0
        while sent < 64, peer.write(bytes) == nil { sent += 1 }
        #expect(sent < 64)
        #expect(try agent.connect().run(agent.order("a", "exit 2")).exit == .code(2))
    }

    @Test("a payload's socket takes what an attempt of the agent asks for, and nothing else")
    func payloadSocket() throws {
        for text in ["x\n", "{}\n", "{\"id\":\"a\",\"token\":7,\"text\":\"t\"}\n"] {
            let answer = try answer(to: Array(text.utf8), at: AgentHome.payloadSocket)
            guard case .refused(nil, _)? = answer.first else {
                Issue.record("\(answer)")
                return
            }
        }
    }

    @Test("a second runner takes the place of the first")
    func secondRunner() throws {
        let first = try agent.connect()
        let second = try agent.connect()
        try first.end()
        #expect(try first.refusal() == (id: nil, reason: "another runner has connected"))
        #expect(try second.run(agent.order("a", "exit 2")).exit == .code(2))
    }

    @Test("an order with a zero byte, or without a path where one must be, is refused")
    func defects() throws {
        let runner = try agent.connect()
        var order = agent.order("a", "x\0y")
        try runner.send(.start(order))
        let zero = "a zero byte in a path, an argument or the environment"
        #expect(try runner.refusal() == (id: "a", reason: zero))
        order = agent.order("b", "")
        order.program = "sh"
        try runner.send(.start(order))
        #expect(try runner.refusal() == (id: "b", reason: "program: expected an absolute path"))
        order = agent.order("c", "")
        order.environment = ["A=B": "1"]
        try runner.send(.start(order))
        let name = "environment: A=B is no name of a variable"
        #expect(try runner.refusal() == (id: "c", reason: name))
        order = agent.order("d", "")
        order.temporaryFolder = "/tmp/.."
        try runner.send(.start(order))
        let folder = "temporaryFolder: expected a path below a folder, without .."
        #expect(try runner.refusal() == (id: "d", reason: folder))
    }

    @Test("an attempt has the agent's environment, the order's and what it was given")
    func environment() throws {
        let runner = try agent.connect()
        var order = agent.order(
            "a",
            "echo \"$A|$SGS_CORES|$SGS_MEMORY|$SGS_ATTEMPT|$SGS_TOKEN|$SGS_AGENT|$PATH\"; "
                + "echo ${SGS_TELL##*/}; $SGS_TELL tell 2>&1",
            need: Need(cores: 2, memory: 300))
        order.environment = ["A": "b c", "SGS_CORES": "9"]
        #expect(try runner.run(order).exit == .code(64))
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        #expect(
            try agent.folder.text(of: "attempts/a/stdout")
                == "b c|9|300|a|7|\(agent.home)/payload.sock|\(path)\nsdc-payload\n"
                + "sdc-payload: usage: sdc-payload tell TEXT...\n")
    }

    @Test("an attempt may not have more descriptors than the agent was given")
    func descriptors() throws {
        let runner = try agent.connect()
        #expect(
            try runner.run(agent.order("a", "ulimit -Sn; ulimit -Hn; ulimit -c")).exit == .code(0))
        var limit = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        #expect(
            try agent.folder.text(of: "attempts/a/stdout")
                == "\(limit.rlim_cur)\n\(limit.rlim_max)\n0\n")
    }

    @Test("a second agent of one folder ends with status 75")
    func secondAgent() throws {
        let arguments = [agent.home, "--cores", "1", "--memory", "1"]
        #expect(try TestAgent.run(arguments) == 75)
        #expect(try TestAgent.run(arguments + ["--detach"]) == 75)
        #expect(isAlive(agent.process))
    }

    @Test(
        "arguments that are not usable end the agent with status 64",
        arguments: [
            [], ["--cores", "0"], ["--cores", "x"], ["--memory", "-1"], ["--sample", "nan"],
            ["--jump"], ["--lease"], ["--gpus", "0,0"], ["second"],
        ])
    func arguments(_ arguments: [String]) throws {
        let usable = arguments.isEmpty ? [] : ["--cores", "1", "--memory", "1"]
        #expect(try TestAgent.run(["\(agent.folder.path)/other"] + usable + arguments) == 64)
    }

    @Test("an agent with nothing to do ends when its lease is over")
    func lease() throws {
        let idle = try TestAgent(options: ["--lease", "0.05"])
        #expect(eventually { !isAlive(idle.process) })
    }

    @Test("an agent whose folder has a long path is found")
    func longPath() throws {
        let name = String(repeating: "long-name-of-a-folder/", count: 10) + "home"
        let far = try TestAgent(home: name)
        #expect(try far.connect().run(far.order("a", "exit 2")).exit == .code(2))
    }

    @Test("an agent that gets TERM ends what runs, each with its grace, and leaves the results")
    func terminated() throws {
        let runner = try agent.connect()
        try runner.send(
            .start(agent.order("a", "trap 'exit 6' TERM; echo > ready; sleep 3600 & wait")),
            .start(agent.order("b", "sleep 3600", need: Need(cores: 2))))
        #expect(eventually { agent.folder.exists("work/a/ready") })
        kill(agent.process, SIGTERM)
        let result = try runner.result(of: "a")
        #expect(result.exit == .code(6))
        #expect(result.ended == .agentEnded)
        #expect(try runner.withdrawn() == "b")
        #expect(eventually { !isAlive(agent.process) })
        #expect(agent.attemptFolder("a").condition() == .ended(result))
    }
}
