import Foundation
import Glibc
import Payloads
import Testing

/// What attempts leave running, with a PID namespace and without.
@Suite(.timeLimit(.minutes(10))) struct AgentTreeTests {
    static let ways: [[String]] = [[], ["--no-namespace"]]

    /// Leaves a process without the environment, the session and the descriptors of its attempt.
    static let unmarked = """
        perl -MPOSIX -e 'POSIX::close($_) for 3..300; fork && exit; \
        exec "/usr/bin/env", "-i", "/usr/bin/setsid", "/bin/sh", "-c", ": > there; exec sleep 3600"'
        until test -e there; do sleep 0.01; done
        """

    /// Each leaves at least one process behind.
    static let daemons = [
        "sleep 3600 &", "setsid sleep 3600 &", "(setsid sleep 3600 &)",
        "setsid sh -c 'sleep 3600 & sleep 3600' &", "trap '' TERM HUP; nohup sleep 3600 &",
        "(env -i /usr/bin/setsid /bin/sleep 3600 &)",
        unmarked,
    ]

    @Test("nothing that an attempt starts outlives it", arguments: daemons, ways)
    func outlived(script: String, way: [String]) throws {
        let agent = try TestAgent(options: way)
        let runner = try agent.connect()
        let result = try runner.run(agent.order("a", "\(script)\nexit 3"))
        #expect(result.exit == .code(3))
        #expect(result.strays > 0)
        #expect(agent.attemptDescendants.isEmpty)
    }

    @Test("what one attempt leaves does not end with it another's", arguments: ways)
    func others(way: [String]) throws {
        let agent = try TestAgent(options: way)
        let runner = try agent.connect()
        try runner.send(.start(agent.order("a", "setsid sleep 3600 & wait")))
        _ = try runner.started("a")
        let mark = AttemptMark(home: agent.home, id: "a", token: 7)
        #expect(eventually { Leftovers.processes(mark).count == 2 })
        #expect(try runner.run(agent.order("b", "setsid sleep 3600 & exit 0")).strays == 1)
        #expect(agent.processes(of: "b").isEmpty)
        #expect(agent.processes(of: "a").count == 2)
        try runner.send(.cancel(id: "a", grace: 1))
        #expect(try runner.result(of: "a").ended == .cancelled)
        #expect(agent.attemptDescendants.isEmpty)
    }

    @Test("an orphan that nothing names ends with the last attempt that can have started it")
    func nameless() throws {
        let agent = try TestAgent(options: ["--no-namespace"])
        let runner = try agent.connect()
        try runner.send(
            .start(agent.order("a", "mkfifo go; read line < go; exit 0")),
            .start(agent.order("b", "\(Self.unmarked)\nexit 0")))
        #expect(try runner.result(of: "b").strays == 0)
        #expect(agent.processes(of: "a").count == 1)
        #expect(agent.attemptDescendants.count == 2)
        try "x\n".write(
            toFile: "\(agent.folder.path)/work/a/go", atomically: false, encoding: .utf8)
        let result = try runner.result(of: "a")
        #expect(result.exit == .code(0))
        #expect(result.strays == 1)
        #expect(agent.attemptDescendants.isEmpty)
    }

    @Test("a stopped attempt is ended at its walltime", arguments: ways)
    func stopped(way: [String]) throws {
        let agent = try TestAgent(options: way)
        let runner = try agent.connect()
        let result = try runner.run(
            agent.order("a", "sleep 3600 & kill -STOP $$", walltime: 0.2, grace: 5))
        #expect(result.exit == .signal(Int(SIGTERM)))
        #expect(result.ended == .walltime)
        #expect(agent.attemptDescendants.isEmpty)
    }

    @Test("a stopped attempt that ignores TERM is killed", arguments: ways)
    func stoppedDeaf(way: [String]) throws {
        let agent = try TestAgent(options: way)
        let runner = try agent.connect()
        let result = try runner.run(
            agent.order(
                "a", "trap '' TERM; while :; do kill -STOP $$; done", walltime: 0.2, grace: 0.2))
        #expect(result.exit == .signal(Int(SIGKILL)))
    }

    @Test("in a namespace everything ends with an agent that is killed")
    func killedInNamespace() throws {
        try #require(geteuid() == 0, "only root may make a PID namespace")
        let agent = try TestAgent()
        let runner = try agent.connect()
        #expect(runner.connection.hello.isEnclosed)
        try runner.send(
            .start(agent.order("a", "(env -i /usr/bin/setsid /bin/sleep 3600 &); exec sleep 3600")))
        _ = try runner.started("a")
        #expect(eventually { agent.attemptDescendants.count == 2 })
        let left = agent.descendants
        kill(agent.process, SIGKILL)
        #expect(eventually { !left.contains { isAlive($0) } })
        #expect(agent.attemptFolder("a").condition() == .vanished)
    }

    @Test("without one, what a killed agent has left holds the lock, and is found by its mark")
    func killedWithoutNamespace() throws {
        let agent = try TestAgent(options: ["--no-namespace"])
        let runner = try agent.connect()
        #expect(!runner.connection.hello.isEnclosed)
        try runner.send(
            .start(agent.order("a", "setsid sleep 3600 & exec sleep 3600")),
            .start(agent.order("b", "exec sleep 3600")))
        _ = try runner.started("a")
        _ = try runner.started("b")
        #expect(eventually { agent.processes(of: "a").count == 2 })
        kill(agent.process, SIGKILL)
        #expect(eventually { !isAlive(agent.process) })
        #expect(agent.attemptFolder("a").condition() == .running)
        let first = Leftovers.kill(AttemptMark(home: agent.home, id: "a", token: 7))
        #expect(first == (2, true))
        #expect(agent.attemptFolder("a").condition() == .vanished)
        #expect(agent.attemptFolder("b").condition() == .running)
        #expect(try agent.attemptFolder("b").takeOver(AttemptMark(home: agent.home)) == .vanished)
        #expect(agent.processes(of: "b").isEmpty)
    }

    @Test("after an agent was killed a new one of the same folder begins empty", arguments: ways)
    func successor(way: [String]) throws {
        let first = try TestAgent(options: way)
        let runner = try first.connect()
        #expect(try runner.run(first.order("a", "exit 0")).exit == .code(0))
        try runner.send(.start(first.order("b", "sleep 3600")))
        _ = try runner.started("b")
        kill(first.process, SIGKILL)
        try runner.end()
        #expect(eventually { !isAlive(first.process) })
        let second = try TestAgent(in: first.folder, options: way)
        #expect(second.process != first.process)
        let next = try second.connect()
        #expect(next.connection.hello.attempts.isEmpty)
        if case .ended(let result) = first.attemptFolder("a").condition() {
            #expect(result.exit == .code(0))
        } else {
            Issue.record("the first one's result is gone")
        }
        #expect(try next.run(second.order("c", "exit 2")).exit == .code(2))
    }

    @Test("when the namespace's first process is killed, what runs ends and the next still starts")
    func namespaceKilled() throws {
        try #require(geteuid() == 0, "only root may make a PID namespace")
        let agent = try TestAgent()
        let runner = try agent.connect()
        let first = try #require(agent.descendants.first)
        try runner.send(.start(agent.order("a", "sleep 3600")))
        let process = try runner.started("a")
        kill(first, SIGKILL)
        #expect(try runner.result(of: "a").exit == .signal(Int(SIGKILL)))
        #expect(!isAlive(process))
        #expect(try runner.run(agent.order("b", "exit 4")).exit == .code(4))
    }
}
