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

    /// Payloads over the elements of a list, which get theirs as `$element`.
    private func graph(_ script: String, policy: String) throws -> Graph {
        let whole = """
            set -eu
            for a do case $a in --element=*) element=${a#--element=};; esac; done
            say() { echo "$1" >> \(site.journal); }
            wait_for() { until test -e \(site.site.folder.path)/gates/$1; do sleep 0.02; done; }
            \(script)
            """
        let text = String(decoding: try JSONEncoder().encode(whole), as: UTF8.self)
        let document = """
            {"format": "sgs-graph/2", "name": "short",
             "inputs": [{"name": "elements", "content_type": "listfile", "kind": "observation",
               "product": "x"}],
             "nodes": [{"id": "each", "kind": "parallel", "over": "element",
               "in": {"element": {"input": "elements"}},
               "body": {"nodes": [{"id": "one", "kind": "exec", "in": {"element": {"input": "element"}},
                "policy": {\(policy)}, "executable": {"name": "one", "command": "/bin/sh",
                "arguments": ["-c", \(text), "one"], "inputs": [{"name": "element"}],
                "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}]}}]}
            """
        return try GraphReader.read(Data(document.utf8), file: "short")
    }

    private func submit(
        _ graph: Graph, _ count: Int, cluster: ClusterTerms? = nil
    ) async throws -> String {
        let files = try (0..<count).map { try site.site.folder.write("", to: "in/\($0)") }
        let answer = try await site.give(
            .submit(
                submission: Submission(
                    id: "s", pipeline: "short", inputs: ["elements": files], cluster: cluster),
                graph: graph.document))
        return try #require(answer.run, "\(answer.message)")
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
        let graph = try graph(
            "say ${element##*/}; case $element in */4) exit 3;; esac",
            policy: #""attempts": 1, "cluster": 10"#)
        let run = try await submit(graph, 10)
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
        let graph = try graph("say ${element##*/}", policy: #""attempts": 1"#)
        let run = try await submit(graph, 9, cluster: ClusterTerms(size: 100, walltime: 200))
        #expect(try site.serve("--until-idle", "--cluster", "50").end() == 0)
        let sizes = try await clusters(run).values.map { $0.split(separator: "/").last ?? "" }
        #expect(sizes == Array(repeating: "3", count: 9))
        #expect(site.said.sorted() == (0..<9).map(String.init))
    }

    @Test("a killed runner finds its clusters again, and each payload has run once")
    func killedRunner() async throws {
        let graph = try graph(
            "say ${element##*/}; case $element in */1) wait_for go;; esac",
            policy: #""attempts": 1, "losses": 0, "cluster": 6"#)
        let run = try await submit(graph, 6)
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

    @Test("a cancelled run ends the payload that runs and those that follow it")
    func cancelled() async throws {
        let graph = try graph(
            "say ${element##*/}; wait_for never", policy: #""cluster": {"size": 4}"#)
        let run = try await submit(graph, 4)
        let runner = try site.serve()
        #expect(try await eventually { site.said == ["0"] })
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
