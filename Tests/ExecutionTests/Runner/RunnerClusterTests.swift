import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution
@testable import Workflows

/// Short payloads that are handed over together, by the real program.
@Suite(.timeLimit(.minutes(12)), .serialized) struct RunnerClusterTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func clusters(_ run: String) async throws -> [String: String] {
        let store = try RunStore(reading: RunStore.path(state: site.site.state, sdc: site.sdc))
        var filter = RunFilter()
        filter.name = run
        let facts = try #require(
            try await store.facts(of: site.sdc, filter, at: MJD(0), isWhole: true).first)
        return Dictionary(
            facts.tags.filter { $0.name == "cluster" }.map {
                (facts.life.path($0.payload ?? -1), $0.value.replacing("\(run)/", with: ""))
            }, uniquingKeysWith: { $1 })
    }

    @Test("of a cluster of ten with one failure nine are done, and the retry runs one")
    func oneFailure() async throws {
        let graph = try site.wide(
            "say ${element##*/}; case $element in */4) exit 3;; esac",
            policy: #""attempts": 1, "cluster": 10"#)
        let run = try await site.submit(graph, over: 10)
        #expect(try site.serve("--until-idle").end() == 1)
        let life = try #require(try await site.run(run)?.life)
        let parts = (0..<10).compactMap { life.number(path: "each.iterations.\($0).one") }
        #expect(parts.map { life[$0].state == .completed } == (0..<10).map { $0 != 4 })
        #expect(parts.map { life[$0].attempts } == Array(repeating: 1, count: 10))
        #expect(site.said == (0..<10).map(String.init))
        let clusters = try await clusters(run)
        #expect(
            clusters["each.iterations.4.one"] == "each.iterations.0.one#1 5/10", "\(clusters)")
        #expect(
            try await site.give(
                .restart(run: run, payload: nil, resources: [:], graph: nil, force: false)
            ).isDone)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(site.said == (0..<10).map(String.init) + ["4"])
    }

    @Test("a cluster's walltime limits it, and a submission says what the graph does not")
    func walltime() async throws {
        let graph = try site.wide("say ${element##*/}", policy: #""attempts": 1"#)
        let run = try await site.submit(
            graph, over: 9, cluster: ClusterTerms(size: 100, walltime: 2000))
        #expect(try site.serve("--until-idle", "--cluster", "50").end() == 0)
        let sizes = try await clusters(run).values.map { $0.split(separator: "/").last ?? "" }
        #expect(sizes == Array(repeating: "3", count: 9))
        #expect(site.said.sorted() == (0..<9).map(String.init))
    }

    @Test("a grid of three visits and four detectors, put together by detector, is four clusters")
    func grid() async throws {
        let shell =
            #"{"name": "one", "command": "/bin/true", "inputs": [{"name": "detector"}], "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}"#
        let document = """
            {"format": "sgs-graph/2", "name": "grid",
             "inputs": [
               {"name": "visits", "content_type": "listfile", "kind": "observation", "product": "x"},
               {"name": "detectors", "content_type": "listfile", "kind": "observation", "product": "y"}],
             "nodes": [{"id": "visits", "kind": "parallel", "over": "visit",
               "in": {"visit": {"input": "visits"}, "all": {"input": "detectors"}},
               "body": {"nodes": [{"id": "detectors", "kind": "parallel", "over": "detector",
                 "in": {"detector": {"input": "all"}},
                 "body": {"nodes": [{"id": "one", "kind": "exec",
                   "in": {"detector": {"input": "detector"}},
                   "policy": {"cluster": {"size": 100, "by": "detectors"}},
                   "executable": \(shell)}]}}]}}]}
            """
        let graph = try GraphReader.read(Data(document.utf8), file: "grid")
        let files = try (0..<7).map { try site.site.folder.write("", to: "in/\($0)") }
        let answer = try await site.give(
            .submit(
                submission: Submission(
                    id: "g", pipeline: "grid",
                    inputs: ["visits": Array(files[..<3]), "detectors": Array(files[3...])]),
                graph: graph.document))
        let run = try #require(answer.run, "\(answer.message)")
        #expect(try site.serve("--until-idle").end() == 0)
        let clusters = try await clusters(run)
        #expect(clusters.count == 12)
        let together = Dictionary(grouping: clusters) { $0.value.split(separator: "#")[0] }
        #expect(together.count == 4)
        for members in together.values {
            // The last index but one of visits.iterations.V.detectors.iterations.D.one.
            let detectors = members.map { $0.key.split(separator: ".").dropLast().last }
            #expect(detectors.count == 3)
            #expect(Set(detectors).count == 1)
        }
    }

    @Test("a graph says how many clusters there are at most")
    func count() async throws {
        let graph = try site.wide(
            "say ${element##*/}", policy: #""attempts": 1, "cluster": {"clusters": 2}"#)
        let run = try await site.submit(graph, over: 9)
        #expect(try site.serve("--until-idle").end() == 0)
        let sizes = try await clusters(run).values.map { $0.split(separator: "/").last ?? "" }
        #expect(sizes.sorted() == Array(repeating: "4", count: 4) + Array(repeating: "5", count: 5))
    }

    /// Of a cluster of four the first ran when its host was lost, and all have been done since.
    private func checkOneLoss(_ run: String) async throws {
        let life = try #require(try await site.run(run)?.life)
        let parts = (0..<4).compactMap { life.number(path: "each.iterations.\($0).one") }
        #expect(parts.map { life[$0].losses } == [1, 0, 0, 0])
        #expect(parts.allSatisfy { life[$0].state == .completed })
        #expect(site.said.sorted() == ["0", "0", "1", "2", "3"])
    }

    private func submitWaiting() async throws -> String {
        let graph = try site.wide(
            "say ${element##*/}; case $element in */0) wait_for go;; esac",
            policy: #""attempts": 1, "cluster": 4"#)
        return try await site.submit(graph, over: 4)
    }

    @Test("a killed agent costs a loss to the one that ran, and none to those behind it")
    func killedAgent() async throws {
        let run = try await submitWaiting()
        let runner = try site.serve("--until-idle")
        #expect(try await site.reaches(run, "each.iterations.0.one", .running))
        #expect(try await eventually { site.said == ["0"] })
        kill(try #require(agent), SIGKILL)
        try site.open("go")
        #expect(runner.end() == 0)
        try await checkOneLoss(run)
    }

    @Test("neither do both, killed together")
    func killedBoth() async throws {
        let run = try await submitWaiting()
        let runner = try site.serve()
        #expect(try await site.reaches(run, "each.iterations.0.one", .running))
        #expect(try await eventually { site.said == ["0"] })
        runner.signal(SIGKILL)
        _ = runner.end()
        kill(try #require(agent), SIGKILL)
        try site.open("go")
        #expect(try site.serve("--until-idle").end() == 0)
        try await checkOneLoss(run)
    }

    @Test("a killed runner finds its clusters again, and each payload has run once")
    func killedRunner() async throws {
        let graph = try site.wide(
            "say ${element##*/}; case $element in */1) wait_for go;; esac",
            policy: #""attempts": 1, "losses": 0, "cluster": 6"#)
        let run = try await site.submit(graph, over: 6)
        let first = try site.serve()
        #expect(
            try await eventually { site.said == ["0", "1"] })
        first.signal(SIGKILL)
        _ = first.end()
        let second = try site.serve("--until-idle")
        #expect(try await site.isServed())
        try site.open("go")
        #expect(second.end() == 0)
        #expect(try await site.state(run) == .completed)
        #expect(site.said == (0..<6).map(String.init))
    }

    @Test(
        "runners and agents killed at random moments leave one committed attempt for each payload")
    func chaos() async throws {
        let graph = try site.wide(
            "sleep 0.03; say ${element##*/}",
            policy: #""attempts": 1, "losses": 1000, "cluster": 7"#)
        let run = try await site.submit(graph, over: 60)
        var numbers = SeededNumbers(seed: 11)
        for round in 0..<(isFull ? 200 : 12) {
            let runner = try site.serve("--until-idle")
            runner.waitForLines(1 + numbers.below(25))
            if round % 2 == 0, let agent {
                kill(agent, SIGKILL)
                runner.waitForLines(runner.lines + 1 + numbers.below(5))
            }
            runner.signal(SIGKILL)
            _ = runner.end()
        }
        #expect(try site.serve("--until-idle").end() == 0)
        let store = try RunStore(reading: RunStore.path(state: site.site.state, sdc: site.sdc))
        var filter = RunFilter()
        filter.name = run
        let facts = try #require(
            try await store.facts(of: site.sdc, filter, at: MJD(0), isWhole: true).first)
        #expect(facts.life.state == .completed)
        let parts = (0..<facts.life.count).filter(facts.life.isProcess)
        #expect(
            facts.attempts.filter { $0.outcome == .completed }.map(\.payload).sorted() == parts)
        #expect(facts.attempts.allSatisfy { [.completed, .lost].contains($0.outcome) })
        #expect(Set(site.said).count == 60)
        #expect(site.payloads.isEmpty)
    }

    /// The process that has the agent's folder, or had it last.
    private var agent: pid_t? {
        let home = site.configuration.agentHome
        guard let text = try? String(contentsOfFile: "\(home)/agent.lock", encoding: .utf8),
            let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)), process > 1,
            let command = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8),
            command.hasPrefix("sdc-payload")
        else { return nil }
        return process
    }

    @Test("a cancelled run ends the payload that runs and those that follow it")
    func cancelled() async throws {
        let graph = try site.wide(
            "say ${element##*/}; wait_for never", policy: #""cluster": {"size": 4}"#)
        let run = try await site.submit(graph, over: 4)
        let runner = try site.serve()
        #expect(try await eventually { site.said == ["0"] })
        #expect(try await site.reaches(run, "each.iterations.0.one", .running))
        let why = try await site.control.ask(.why(run: run, limit: 10))
        #expect(
            why?.reasons.filter { $0.state == "ASSIGNED" }.map(\.reason)
                == Array(
                    repeating:
                        "comes after others of its cluster \(run)/each.iterations.0.one#1",
                    count: 3))
        #expect(try await site.give(.cancel(run: run, reason: "x")).isDone)
        #expect(try await site.reaches(run, .aborted))
        #expect(site.said == ["0"])
        #expect(site.payloads.isEmpty)
        #expect(site.drain(runner) == 1)
    }
}
