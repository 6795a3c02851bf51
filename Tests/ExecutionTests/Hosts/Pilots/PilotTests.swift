import Foundation
import Glibc
import Testing

@testable import Execution
@testable import Payloads

/// Real pilots, as a batch system starts them, and the end that their runner has of them.
@Suite(.timeLimit(.minutes(10))) struct PilotTests {
    private static let pilot = "pilot.1"

    @Test(
        "a pilot shows who it is, says what it has, and runs what it is sent",
        arguments: [false, true])
    func runs(overUnixSocket: Bool) throws {
        let before = Date().timeIntervalSince1970
        let place = try TestFolder()
        let address: PilotAddress =
            overUnixSocket ? .unix("\(place.path)/pilots") : .tcp(host: "127.0.0.1", port: 0)
        let site = try PilotSite(listening: address, walltime: 7200)
        if overUnixSocket {
            #expect(site.server.address == address)
        } else {
            #expect(site.server.address != address)
        }
        let process = try site.start()
        let hello = try site.notices.hello(of: Self.pilot)
        #expect(hello.cores == 2)
        #expect(hello.memory == 1000)
        #expect(hello.attempts == [])
        #expect(hello.pid == Int(process.id))
        #expect(hello.host == Pilot(site.orders, task: 1).host)
        #expect(hello.host?.isEmpty == false)
        let end = try #require(hello.end)
        #expect((before + 7200...Date().timeIntervalSince1970 + 7200).contains(end))
        site.server.send([.start(site.order("a", "exit 3"))], to: Self.pilot)
        let result = try site.notices.result("a", of: Self.pilot)
        #expect(result.exit == .code(3))
        #expect(result == site.result("a"))
        site.server.send([.acknowledge(id: "a"), .end], to: Self.pilot)
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.runner, payloads: 1))
        #expect(try site.leftovers() == [])
        _ = try site.notices.loss(of: Self.pilot)
    }

    @Test("dismissed by its runner, a pilot lets what it has run, and takes no more")
    func dismissed() throws {
        let site = try PilotSite()
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", PilotSite.waits))], to: Self.pilot)
        _ = try site.notices.started("a", of: Self.pilot)
        site.server.send([.end, .start(site.order("b", ""))], to: Self.pilot)
        let refused = try site.notices.message(of: Self.pilot) { message in
            if case .refused(let id, _) = message { id } else { nil }
        }
        #expect(refused == "b")
        try site.go()
        #expect(try site.notices.result("a", of: Self.pilot).exit == .code(0))
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.runner, payloads: 1))
    }

    @Test("killed by its runner, it leaves results of what it ran")
    func killed() throws {
        let site = try PilotSite()
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", "sleep 3600"))], to: Self.pilot)
        _ = try site.notices.started("a", of: Self.pilot)
        site.server.send([.kill], to: Self.pilot)
        #expect(try site.notices.result("a", of: Self.pilot).ended == .agentEnded)
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.runner, payloads: 1))
    }

    @Test("TERM gives back what waits, and what runs has the time that the warning leaves")
    func drained() throws {
        let site = try PilotSite(warning: 3660)
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send(
            [
                .start(site.order("a", PilotSite.waits, cores: 2)),
                .start(site.order("b", "", cores: 2)),
            ], to: Self.pilot)
        _ = try site.notices.started("a", of: Self.pilot)
        process.signal(SIGTERM)
        let reason = try site.notices.message(of: Self.pilot) { message in
            if case .draining(let reason) = message { reason } else { nil }
        }
        #expect(reason == "drain")
        let withdrawn = try site.notices.message(of: Self.pilot) { message in
            if case .withdrawn(let id) = message { id } else { nil }
        }
        #expect(withdrawn == "b")
        try site.go()
        let result = try site.notices.result("a", of: Self.pilot)
        #expect(result.exit == .code(0))
        #expect(result.ended == nil)
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.drain, payloads: 1))
    }

    @Test("where the warning leaves no time, what runs is ended with the pilot")
    func drainedAtOnce() throws {
        let site = try PilotSite(warning: 60)
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", "sleep 3600"))], to: Self.pilot)
        _ = try site.notices.started("a", of: Self.pilot)
        process.signal(SIGTERM)
        #expect(try site.notices.result("a", of: Self.pilot).ended == .agentEnded)
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.drain, payloads: 1))
    }

    @Test("a payload that the batch system's TERM reaches before the pilot did not fail by itself")
    func toldTogether() throws {
        let site = try PilotSite()
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", "exec sleep 3600"))], to: Self.pilot)
        let payload = try site.notices.started("a", of: Self.pilot)
        // Both have come when it goes on.
        process.signal(SIGSTOP)
        kill(pid_t(payload), SIGTERM)
        process.signal(SIGTERM)
        process.signal(SIGCONT)
        let result = try site.notices.result("a", of: Self.pilot)
        #expect(result.exit == .signal(Int(SIGTERM)))
        #expect(result.ended == .agentEnded)
        #expect(process.end() == 0)
    }

    @Test("without anything to do it ends")
    func idle() throws {
        let site = try PilotSite(idle: 0.5)
        let process = try site.start()
        #expect(try site.notices.hello(of: Self.pilot).attempts == [])
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.idle, payloads: 0))
        #expect(try site.leftovers() == [])
    }

    @Test("without a runner it ends when it has nothing to do")
    func unreachable() throws {
        let site = try PilotSite(idle: 0.5)
        site.server.close()
        let process = try site.start()
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.unreachable, payloads: 0))
    }

    @Test("half a minute before the end of its job, what runs is ended and told")
    func walltime() throws {
        let site = try PilotSite(walltime: 31)
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", "sleep 3600"))], to: Self.pilot)
        let result = try site.notices.result("a", of: Self.pilot)
        #expect(result.ended == .agentEnded)
        #expect(process.end() == 0)
        #expect(site.end() == PilotEnd(.walltime, payloads: 1))
        #expect(site.result("a") == result)
    }

    @Test("a payload runs and ends while the connection is cut, and its result comes later")
    func cut() async throws {
        let site = try PilotSite()
        let proxy = try CuttingProxy()
        defer { proxy.close() }
        proxy.join(site.server.address)
        try proxy.address.write(to: site.orders.address)
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send(
            [.start(site.order("a", PilotSite.waits)), .start(site.order("b", "sleep 3600"))],
            to: Self.pilot)
        _ = try site.notices.started("a", of: Self.pilot)
        let other = try site.notices.started("b", of: Self.pilot)
        proxy.cut()
        _ = try site.notices.loss(of: Self.pilot)
        try site.go()
        #expect(try await eventually(within: 60) { site.result("a") != nil })
        proxy.join(site.server.address)
        let hello = try site.notices.hello(of: Self.pilot)
        #expect(
            hello.attempts == [
                .init(id: "a", token: 7, state: .ended), .init(id: "b", token: 7, state: .running),
            ])
        #expect(try site.notices.result("a", of: Self.pilot) == site.result("a"))
        #expect(try site.notices.started("b", of: Self.pilot) == other)
        site.server.send([.acknowledge(id: "a"), .kill], to: Self.pilot)
        #expect(process.end() == 0)
    }

    @Test("whatever byte a connection is cut after, the pilot comes again and the result arrives")
    func cutAnywhere() async throws {
        let site = try PilotSite(idle: 3000)
        let proxy = try CuttingProxy()
        defer { proxy.close() }
        proxy.join(site.server.address, budget: 0)
        try proxy.address.write(to: site.orders.address)
        let process = try site.start()
        // The handshake and both hellos are some 600 bytes: no connection comes to its end.
        for budget in stride(from: 0, through: 540, by: isFull ? 6 : 135) {
            let before = proxy.connections
            proxy.join(site.server.address, budget: budget)
            #expect(try await eventually(within: 60) { proxy.connections > before + 1 })
        }
        proxy.join(site.server.address)
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", "exit 5"))], to: Self.pilot)
        #expect(try site.notices.result("a", of: Self.pilot).exit == .code(5))
        process.signal(SIGTERM)
        #expect(process.end() == 0)
    }

    @Test("a runner that is started anew on another port is found")
    func runnerRestarted() async throws {
        let site = try PilotSite()
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", PilotSite.waits))], to: Self.pilot)
        let payload = try site.notices.started("a", of: Self.pilot)
        let place = try TestFolder()
        for address in [
            PilotAddress.tcp(host: "127.0.0.1", port: 0), .unix("\(place.path)/pilots"),
            .tcp(host: "127.0.0.1", port: 0),
        ] {
            try site.restart(listening: address)
            let hello = try site.notices.hello(of: Self.pilot)
            #expect(hello.attempts == [.init(id: "a", token: 7, state: .running)])
            #expect(try site.notices.started("a", of: Self.pilot) == payload)
        }
        try site.go()
        #expect(try site.notices.result("a", of: Self.pilot).exit == .code(0))
        process.signal(SIGTERM)
        #expect(process.end() == 0)
    }

    @Test("the connection that a runner drops is made anew")
    func dropped() throws {
        let site = try PilotSite()
        try site.start()
        for _ in 0..<3 {
            _ = try site.notices.hello(of: Self.pilot)
            site.server.drop(Self.pilot)
            _ = try site.notices.loss(of: Self.pilot)
        }
        _ = try site.notices.hello(of: Self.pilot)
    }

    @Test("a second pilot of the same name takes the place of the first, until it comes again")
    func twice() throws {
        let site = try PilotSite()
        let first = try site.start()
        #expect(try site.notices.hello(of: Self.pilot).pid == Int(first.id))
        let second = try site.start()
        #expect(try site.notices.hello(of: Self.pilot).pid == Int(second.id))
    }

    @Test("tasks of one job are pilots of their own")
    func tasks() throws {
        let site = try PilotSite()
        let processes = try (1...3).map { try site.start(task: $0) }
        for task in 1...3 { _ = try site.notices.hello(of: "pilot.\(task)") }
        for task in 1...3 {
            site.server.send(
                [.start(site.order("a\(task)", "exit \(task)"))], to: "pilot.\(task)")
        }
        for task in 1...3 {
            let name = "pilot.\(task)"
            #expect(try site.notices.result("a\(task)", of: name).exit == .code(task))
            site.server.send([.end], to: name)
        }
        #expect(processes.map { $0.end() } == [0, 0, 0])
        #expect(
            (1...3).map { site.end(of: $0) }
                == Array(repeating: PilotEnd(.runner, payloads: 1), count: 3))
    }

    @Test("a pilot that is killed is told as gone, and what it ran goes with it")
    func lost() async throws {
        let site = try PilotSite()
        let process = try site.start()
        _ = try site.notices.hello(of: Self.pilot)
        site.server.send([.start(site.order("a", "exec sleep 3600"))], to: Self.pilot)
        let payload = pid_t(try site.notices.started("a", of: Self.pilot))
        process.signal(SIGKILL)
        _ = try site.notices.loss(of: Self.pilot)
        #expect(process.end() == 128 + SIGKILL)
        if geteuid() == 0 {
            #expect(try await eventually(within: 60) { kill(payload, 0) != 0 })
        } else {
            kill(payload, SIGKILL)
        }
        #expect(site.end() == nil)
        #expect(site.result("a") == nil)
    }
}
