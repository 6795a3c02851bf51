import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution
@testable import Workflows

/// Payloads that are given what the first ones of their node used, by the real program.
@Suite(.timeLimit(.minutes(12)), .serialized) struct RunnerScoutTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func submit(_ script: String, policy: String, count: Int) async throws -> String {
        let graph = try site.wide(
            "say ${element##*/}:$SGS_MEMORY_MIB; \(script)", policy: policy, memory: 512)
        return try await site.submit(graph, over: count)
    }

    /// The memory that payloads were given, in the order in which they began.
    private var given: [Int] {
        site.said.compactMap { $0.split(separator: ":").last.flatMap { Int($0) } }
    }

    private func facts(_ run: String) async throws -> RunFacts {
        let store = try RunStore(reading: RunStore.path(state: site.site.state, sdc: site.sdc))
        var filter = RunFilter()
        filter.name = run
        return try #require(
            try await store.facts(of: site.sdc, filter, at: MJD(0), isWhole: true).first)
    }

    @Test("the others wait for the first ones, and get what those used and a margin")
    func learns() async throws {
        let run = try await submit("wait_for go", policy: #""scouts": 2"#, count: 8)
        let runner = try site.serve()
        #expect(try await eventually { site.said.count == 2 })
        let why = try await site.control.ask(.why(run: run, limit: 10))
        #expect(
            why?.reasons.filter { $0.state == "READY" }.map(\.reason)
                == Array(
                    repeating: "waits for what the first 2 of each.one use; 0 are measured",
                    count: 6))
        // What is measured outlives the runner.
        runner.signal(SIGKILL)
        _ = runner.end()
        let second = try site.serve("--until-idle")
        try site.open("go")
        #expect(second.end() == 0)
        #expect(given.count == 8)
        #expect(given.prefix(2) == [512, 512])
        #expect(given.dropFirst(2).allSatisfy { (16..<100).contains($0) }, "\(given)")
        let facts = try await facts(run)
        #expect(facts.run.scouts["each.one"]?.measured == 8)
        let walltimes = facts.attempts.map(\.walltime)
        #expect(walltimes.filter { $0 == 600 }.count == 2)
        #expect(walltimes.filter { $0 < 600 }.count == 6)
        let page = try await Answer(site.site, "job", "show", "1/each.iterations.7.one")
        #expect(
            page.lines.contains {
                $0.hasPrefix("Learnt") && $0.hasSuffix("of 8 payloads of its node")
            },
            "\(page.text)")
        #expect(page.status == 0)
    }

    @Test("what is ended at a learnt limit is not blamed, and tried again with its own request")
    func notBlamed() async throws {
        let run = try await submit(
            "case $element in */5) head -c 150m /dev/zero | tail -c 150m | tail -c 1 > $TMPDIR/x;; esac",
            policy: #""scouts": 3, "attempts": 1"#, count: 6)
        #expect(try site.serve("--until-idle").end() == 0)
        let facts = try await facts(run)
        let number = try #require(facts.life.number(path: "each.iterations.5.one"))
        #expect(facts.life[number].state == .completed)
        #expect(facts.life[number].failures == 0)
        #expect(facts.life[number].losses == 1)
        let attempts = facts.attempts.filter { $0.payload == number }
        #expect(attempts.map(\.outcome) == [.lost, .completed])
        #expect(attempts.last?.memory == 512)
        #expect(attempts.first?.message.hasSuffix("again with its own") == true)
    }

    @Test("nodes of a category learn from each other where their graph says so")
    func category() async throws {
        let shell =
            #""command": "/bin/sh", "arguments": ["-c", "true"], "resources": {"ram_MiB": 512, "walltime_s": 600}"#
        let nodes = ["a", "b", "c"].enumerated().map { place, id in
            let after = place == 0 ? "" : #", "after": ["\#(["a", "b", "c"][place - 1])"]"#
            return
                #"{"id": "\#(id)", "kind": "exec"\#(after), "executable": {"name": "\#(id)", \#(shell)}}"#
        }
        let document = """
            {"format": "sgs-graph/2", "name": "chain", "policy":
              {"attempts": 1, "category": "archive", "scouts": {"count": 2, "by": "category"}},
             "nodes": [\(nodes.joined(separator: ","))]}
            """
        let run = try await site.submit(
            try GraphReader.read(Data(document.utf8), file: "chain"))
        #expect(try site.serve("--until-idle").end() == 0)
        let facts = try await facts(run)
        #expect(facts.attempts.prefix(2).map(\.memory) == [512, 512])
        #expect(facts.attempts.dropFirst(2).allSatisfy { (16..<100).contains($0.memory) })
        #expect(facts.run.scouts.mapValues(\.measured) == ["category archive": 3])
        let page = try await Answer(site.site, "job", "show", "1/c")
        #expect(page.text.contains("of 3 payloads of its category"), "\(page.text)")
    }

    @Test("where a first one fails another takes its place, also as the runner says")
    func fails() async throws {
        let run = try await submit(
            "case $element in */0) exit 3;; esac", policy: #""attempts": 1"#, count: 5)
        #expect(try site.serve("--until-idle", "--scouts", "2").end() == 1)
        #expect(given.prefix(3) == [512, 512, 512])
        #expect(given.dropFirst(3).allSatisfy { $0 < 100 }, "\(given)")
        #expect(try await facts(run).run.scouts["each.one"]?.measured == 4)
    }
}
