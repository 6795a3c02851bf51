import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// The runner, its agent and its payloads, stopped and resumed: nothing is committed twice.
@Suite(.timeLimit(.minutes(12)), .serialized) struct RunnerStopTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func begin() async throws -> (runner: RunnerProcess, run: String) {
        let graph = try site.graph(
            "one", [.init(id: "a", script: "say $SGS_ATTEMPT_NUMBER; wait_for go; echo > $out")],
            final: "say final")
        let runner = try site.serve()
        #expect(try await site.isServed())
        let run = try await site.submit(graph)
        #expect(try await eventually { site.said == ["1"] })
        return (runner, run)
    }

    private var agent: pid_t? {
        let path = "\(site.configuration.agentHome)/agent.lock"
        return (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
            pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    /// The attempts of the run's only step, as they were committed.
    private func outcomes(_ run: String) async throws -> [StoreChanges.AttemptRow.Outcome] {
        let store = try RunStore(reading: RunStore.path(state: site.site.state, sdc: site.sdc))
        var filter = RunFilter()
        filter.name = run
        let facts = try await store.facts(of: site.sdc, filter, at: MJD(0), isWhole: true)
        return facts.first?.attempts.filter { $0.payload == 0 }.map(\.outcome) ?? []
    }

    @Test(
        "a runner that was stopped commits what ended meanwhile, once, and nobody takes its place")
    func runner() async throws {
        let (runner, run) = try await begin()
        runner.signal(SIGSTOP)
        try site.open("go")
        #expect(try await eventually { site.payloads.isEmpty })
        #expect(try site.serve("--until-idle").end() == 75)
        #expect(try await site.state(run) == .executing)
        runner.signal(SIGCONT)
        #expect(try await site.reaches(run, .completed))
        #expect(site.drain(runner) == 0)
        #expect(site.said == ["1", "final"])
        #expect(try await outcomes(run) == [.completed])
    }

    @Test("an agent that was stopped while its runner was replaced tells its result once")
    func agentStopped() async throws {
        let (first, run) = try await begin()
        let agent = try #require(agent)
        kill(agent, SIGSTOP)
        first.signal(SIGKILL)
        _ = first.end()
        try site.open("go")
        #expect(try await eventually { site.payloads.isEmpty })
        let second = try site.serve()
        #expect(try await site.isServed())
        #expect(try await site.control.ask(.status)?.hasHost == false)
        #expect(try await outcomes(run) == [])
        kill(agent, SIGCONT)
        #expect(try await site.reaches(run, .completed))
        #expect(site.drain(second) == 0)
        #expect(site.said == ["1", "final"])
        #expect(try await outcomes(run) == [.completed])
    }

    @Test("a payload that was stopped goes on where it was")
    func payloadResumed() async throws {
        let (runner, run) = try await begin()
        let processes = site.payloads
        #expect(!processes.isEmpty)
        for process in processes { kill(pid_t(process), SIGSTOP) }
        try site.open("go")
        #expect(try await site.states(run)["a"] == .running)
        for process in processes { kill(pid_t(process), SIGCONT) }
        #expect(try await site.reaches(run, .completed))
        #expect(site.drain(runner) == 0)
        #expect(site.said == ["1", "final"])
        #expect(try await outcomes(run) == [.completed])
    }

    @Test("a stopped payload whose agent is killed is lost, and what is resumed of it does nothing")
    func payloadLost() async throws {
        let (runner, run) = try await begin()
        let (agent, processes) = (try #require(agent), site.payloads)
        for process in processes { kill(pid_t(process), SIGSTOP) }
        kill(agent, SIGKILL)
        #expect(try await eventually { site.said == ["1", "2"] })
        for process in processes { kill(pid_t(process), SIGCONT) }
        #expect(Set(site.payloads).isDisjoint(with: processes))
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        #expect(site.drain(runner) == 0)
        #expect(site.said == ["1", "2", "final"])
        // Of what vanished there is nothing to record.
        #expect(try await outcomes(run) == [.completed])
        let life = try #require(try await site.run(run)?.life[0])
        #expect((life.attempts, life.failures, life.losses) == (2, 0, 1))
    }

    @Test("a stopped payload is ended by a cancel")
    func payloadCancelled() async throws {
        let (runner, run) = try await begin()
        for process in site.payloads { kill(pid_t(process), SIGSTOP) }
        #expect(try await site.give(.cancel(run: run, reason: "enough")).isDone)
        #expect(try await site.reaches(run, .aborted))
        #expect(site.payloads.isEmpty)
        #expect(site.drain(runner) == 1)
        #expect(site.said == ["1", "final"])
        #expect(try await outcomes(run) == [.aborted])
    }
}
