import Foundation
import Glibc
import Payloads
import Testing

/// The real agent, spoken to as its runner does.
@Suite(.timeLimit(.minutes(10))) struct AgentTests {
    private let agent: TestAgent
    private let runner: TestRunner

    init() throws {
        agent = try TestAgent()
        runner = try agent.connect()
    }

    @Test("an attempt ends with its exit code, its times and its use, in its folder and as told")
    func completes() throws {
        let before = Date().timeIntervalSince1970
        let order = agent.order("a", "echo said; echo wrong >&2; pwd; exit 3")
        let result = try runner.run(order)
        #expect(result.exit == .code(3))
        #expect(result.id == "a")
        #expect(result.token == 7)
        #expect(result.ended == nil)
        #expect(result.outOfMemory == nil)
        #expect(result.strays == 0)
        #expect(result.message == "")
        #expect(before - 1 < result.start && result.start <= result.end)
        #expect(result.usage.peakMemory > 0)
        #expect(result.usage.readBytes > 0)
        #expect(result.usage.writtenBytes >= 11)
        #expect(agent.attemptFolder("a").condition() == .ended(result))
        let work = order.workFolder
        #expect(try agent.folder.text(of: "attempts/a/stdout") == "said\n\(work)\n")
        #expect(agent.attemptFolder("a").lastErrorLine() == "wrong")
    }

    @Test("it is told when an attempt has started, with its process")
    func started() throws {
        try runner.send(.start(agent.order("a", "exec sleep 3600")))
        let process = try runner.started("a")
        // Its environment cannot be read while it executes another program (proc(5)).
        #expect(eventually { agent.processes(of: "a") == [Int(process)] })
        #expect(agent.attemptFolder("a").condition() == .running)
        try runner.send(.cancel(id: "a", grace: nil))
        let result = try runner.result(of: "a")
        #expect(result.exit == .signal(Int(SIGTERM)))
        #expect(result.ended == .cancelled)
        #expect(!isAlive(process))
    }

    @Test("at the walltime an attempt gets TERM, and can still end by itself")
    func walltime() throws {
        let result = try runner.run(
            agent.order("a", "trap 'exit 5' TERM; while :; do sleep 0.01; done", walltime: 0.3))
        #expect(result.exit == .code(5))
        #expect(result.ended == .walltime)
    }

    @Test("an attempt that ignores TERM is killed with its children after the grace")
    func ignoresTerm() throws {
        let result = try runner.run(
            agent.order(
                "a", "trap '' TERM; sh -c 'sleep 3600' & sleep 3600",
                walltime: 0.3, grace: 0.2))
        #expect(result.exit == .signal(Int(SIGKILL)))
        #expect(result.ended == .walltime)
        #expect(agent.processes(of: "a").isEmpty)
    }

    @Test("a result is told again to every runner until it is acknowledged")
    func reconnects() throws {
        try runner.send(.start(agent.order("a", "exit 4")))
        try runner.send(.start(agent.order("b", "until test -e ../../go; do sleep 0.01; done")))
        let first = try runner.result(of: "a")
        let process = try runner.started("b")
        runner.connection.close()
        let second = try agent.connect()
        #expect(
            second.connection.hello.attempts == [
                .init(id: "a", token: 7, state: .ended), .init(id: "b", token: 7, state: .running),
            ])
        #expect(second.connection.hello.pid == Int(agent.process))
        #expect(try second.started("b") == process)
        #expect(try second.result(of: "a") == first)
        try second.send(.acknowledge(id: "a"))
        try agent.folder.write("", to: "go")
        #expect(try second.result(of: "b").exit == .code(0))
        let third = try agent.connect()
        #expect(third.connection.hello.attempts == [.init(id: "b", token: 7, state: .ended)])
    }

    @Test("an attempt that is sent twice runs once")
    func twice() throws {
        let order = agent.order("a", "echo x >> ../../runs")
        try runner.send(.start(order), .start(order))
        let first = try runner.result(of: "a")
        #expect(try runner.run(order) == first)
        #expect(try agent.folder.text(of: "runs") == "x\n")
        var other = order
        other.token = 8
        try runner.send(.start(other))
        #expect(try runner.refusal() == (id: "a", reason: "is here with the token 7"))
    }

    @Test("a folder that is revoked, or has a result, is never used again")
    func usedFolder() throws {
        let order = agent.order("a", "true")
        try agent.attemptFolder("a").revoke()
        try runner.send(.start(order))
        #expect(try runner.refusal() == (id: "a", reason: "\(order.folder) is revoked"))
        #expect(agent.attemptFolder("a").condition() == .vanished)
        let done = agent.order("b", "true")
        _ = try runner.run(done)
        try runner.send(.acknowledge(id: "b"), .start(done))
        #expect(try runner.refusal() == (id: "b", reason: "\(done.folder) has a result"))
    }

    @Test("what cannot be started is told with the reason, as a result")
    func notStarted() throws {
        var order = agent.order("a", "")
        order.program = "/nowhere/program"
        let result = try runner.run(order)
        let reason = "cannot start /nowhere/program: No such file or directory"
        #expect(result.exit == .notStarted(reason))
        #expect(agent.attemptFolder("a").condition() == .ended(result))
    }

    @Test("a program that is still being written is started when it is complete")
    func busyProgram() throws {
        let program = try agent.folder.write("#!/bin/sh\nexit 6\n", to: "program")
        chmod(program, 0o755)
        let writer = open(program, O_WRONLY | O_APPEND | O_CLOEXEC)
        var order = agent.order("a", "")
        order.program = program
        try runner.send(.start(order), .start(agent.order("b", "exit 1")))
        #expect(try runner.result(of: "b").exit == .code(1))
        close(writer)
        #expect(try runner.result(of: "a").exit == .code(6))
    }

    @Test("what needs more than there is at all is refused with the missing amount")
    func neverFits() throws {
        try runner.send(.start(agent.order("a", "true", need: Need(cores: 5, memory: 1))))
        #expect(
            try runner.refusal() == (id: "a", reason: "needs 3 cores more than the 2 there are"))
    }

    @Test("attempts start in the order of their arrival: a large one is not overtaken")
    func firstInFirstOut() throws {
        let wait = "echo %s >> ../../journal; until test -e ../../go; do sleep 0.01; done"
        try runner.send(
            .start(agent.order("a", wait.replacing("%s", with: "a"))),
            .start(agent.order("b", wait.replacing("%s", with: "b"), need: Need(cores: 2))),
            .start(agent.order("c", wait.replacing("%s", with: "c"))),
        )
        _ = try runner.started("a")
        try agent.folder.write("", to: "go")
        _ = try runner.result(of: "c")
        #expect(try agent.folder.text(of: "journal") == "a\nb\nc\n")
    }

    @Test("what has not started can be withdrawn, what has is told as started")
    func withdrawal() throws {
        try runner.send(
            .start(agent.order("a", "exec sleep 3600", need: Need(cores: 2))),
            .start(agent.order("b", "echo x > ../../b")), .withdraw(id: "b"),
        )
        let process = try runner.started("a")
        #expect(try runner.withdrawn() == "b")
        try runner.send(.withdraw(id: "a"))
        #expect(try runner.started("a") == process)
        try runner.send(.cancel(id: "a", grace: 0), .withdraw(id: "nobody"))
        #expect(try runner.result(of: "a").ended == .cancelled)
        #expect(!agent.folder.exists("b"))
        #expect(agent.attemptFolder("b").condition() == .vanished)
    }

    @Test("an agent that was stopped starts nothing that was revoked meanwhile")
    func stoppedAgent() throws {
        try runner.send(.start(agent.order("a", "sleep 0.05; exit 3")))
        let process = try runner.started("a")
        kill(agent.process, SIGSTOP)
        #expect(eventually { !isAlive(process) })
        #expect(agent.attemptFolder("a").condition() == .running)
        let order = agent.order("b", "echo x > ../../b")
        try runner.send(.start(order))
        try agent.attemptFolder("b").revoke()
        kill(agent.process, SIGCONT)
        #expect(try runner.refusal() == (id: "b", reason: "\(order.folder) is revoked"))
        #expect(try runner.result(of: "a").exit == .code(3))
        #expect(!agent.folder.exists("b"))
    }

    @Test("an agent that is told to end does so when nothing is left")
    func drains() throws {
        try runner.send(
            .start(agent.order("a", "until test -e ../../go; do sleep 0.01; done")), .end,
            .start(agent.order("b", "true")),
        )
        #expect(try runner.refusal() == (id: "b", reason: "the agent ends"))
        try agent.folder.write("", to: "go")
        #expect(try runner.result(of: "a").exit == .code(0))
        #expect(isAlive(agent.process))
        try runner.send(.acknowledge(id: "a"))
        try runner.end()
        #expect(eventually { !isAlive(agent.process) })
    }

    @Test("an agent that is killed by its runner ends everything and leaves the results")
    func killed() throws {
        try runner.send(
            .start(agent.order("a", "trap '' TERM; sleep 3600 & wait")),
            .start(agent.order("b", "sleep 3600", need: Need(cores: 2))),
        )
        let process = try runner.started("a")
        try runner.send(.kill)
        let result = try runner.result(of: "a")
        #expect(result.ended == .agentEnded)
        #expect(eventually { !isAlive(agent.process) })
        #expect(!isAlive(process))
        #expect(agent.attemptFolder("a").condition() == .ended(result))
        #expect(agent.attemptFolder("b").condition() == .vanished)
    }
}
