import Foundation
import Testing

@testable import Execution
@testable import Workflows

/// How payloads would be grouped, by values and by the real program.
@Suite(.timeLimit(.minutes(12)), .serialized) struct JobSizingTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func forecast(walltime: Int, memory: Int = 16, count: Int) throws -> RunForecast {
        RunForecast(
            try site.wide("true", policy: #""attempts": 1"#, memory: memory, walltime: walltime),
            files: ["elements": (0..<count).map { "/\($0)" }])
    }

    /// The folder of documents with this one.
    private func pipelines(_ graph: Graph) throws -> String {
        try site.site.folder.write(graph.document, to: "documents/wide.json")
        return "\(site.site.folder.path)/documents"
    }

    @Test("as many are put together as last no longer than the time that is given")
    func grouped() throws {
        let forecast = try forecast(walltime: 600, count: 100)
        let asked = JobSizing(forecast, walltime: 14400, mostPayloads: 10_000)
        #expect(asked.nodes.map(\.payloadsOfJob) == [24])
        #expect(asked.nodes.map(\.secondsOfJob) == [14400])
        #expect(asked.nodes.map(\.jobs) == [5])
        let measured = ["each.one": MeasuredWalltimes(runs: 2, payloads: 40, seconds: 1)]
        let learnt = JobSizing(
            forecast, walltime: 14400, mostPayloads: 10_000, measured: measured)
        #expect(learnt.nodes.map(\.payloadsOfJob) == [10_000])
        #expect(learnt.nodes.map(\.seconds) == [1])
        let few = JobSizing(forecast, walltime: 14400, mostPayloads: 30, measured: measured)
        #expect(few.nodes.map(\.payloadsOfJob) == [30])
        #expect(few.nodes.map(\.jobs) == [4])
    }

    @Test("what takes longer or needs more fits in no job")
    func unfitting() throws {
        let long = JobSizing(
            try forecast(walltime: 600, count: 10), walltime: 599, mostPayloads: 10)
        #expect(long.nodes.map(\.payloadsOfJob) == [0])
        #expect(long.nodes.map(\.jobs) == [nil])
        #expect(long.text.hasSuffix("takes longer than 599 s"))
        let large = JobSizing(
            try forecast(walltime: 600, memory: 2049, count: 10), walltime: 600, memory: 2048,
            mostPayloads: 10)
        #expect(large.nodes.map(\.payloadsOfJob) == [0])
        #expect(large.text.hasSuffix("needs more than 2048 MiB"))
    }

    @Test("what would run is printed, and nothing is begun or written")
    func prepared() async throws {
        let graph = try site.wide("say x", policy: #""attempts": 1"#)
        let folder = try pipelines(graph)
        let state = "\(site.site.folder.path)/none"
        func prepare(_ more: String...) async throws -> Answer {
            try await Answer(
                ["submit", "wide", "--stop-after", "prepare", "--pipelines", folder]
                    + ["--state", state, "--storage", state] + more)
        }
        let files = ["--input", "elements=/a", "--input", "elements=/b", "--input", "elements=/c"]
        let plain = try await prepare(files[0], files[1], files[2], files[3], files[4], files[5])
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(
            plain.lines.map { $0.split(separator: " ").map(String.init) }.dropFirst() == [
                ["each.one", "shell", "1", "0", "16", "600", "3", "1", "3"], ["all", "3", "3"],
            ])
        let together = try await prepare(
            files[0], files[1], files[2], files[3], files[4], files[5], "--cluster", "2", "--json")
        #expect(together.object["clusters"] as? Int == 2)
        #expect(together.object["payloads"] as? Int == 3)
        #expect(try await prepare().status == 65)
        #expect(try await prepare("--input", "other=/a").status == 65)
        #expect(try await prepare(files[0], files[1], "--wait").status == 64)
        let unknown = try await Answer(
            ["submit", "dark", "--stop-after", "prepare", "--pipelines", folder])
        #expect(unknown.status == 66)
        #expect(!FileManager.default.fileExists(atPath: state))
        #expect(site.said.isEmpty)
    }

    @Test("what earlier runs of the pipeline took is reckoned with")
    func measured() async throws {
        let graph = try site.wide("say x", policy: #""attempts": 1"#)
        let folder = try pipelines(graph)
        func size(_ more: String...) async throws -> Answer {
            try await Answer(
                ["size", "wide", "--pipelines", folder, "--state", site.site.state] + more)
        }
        let before = try await size("--walltime", "2h")
        #expect(before.status == 0, "\(before.errors)")
        #expect(
            before.lines.last?.split(separator: " ") == [
                "each.one", "16", "600", "12", "7200", "?", "?",
            ])
        let run = try await site.submit(graph, over: 20)
        #expect(try site.serve("--until-idle").end() == 0)
        let after = try await size("--walltime", "4h", "--cluster", "500", "--json")
        let nodes = after.object["nodes"] as? [[String: Any]]
        let measured = nodes?.first?["measured"] as? [String: Any]
        #expect(measured?["payloads"] as? Int == 20)
        #expect(measured?["runs"] as? Int == 1)
        #expect(nodes?.first?["payloads_per_job"] as? Int == 500)
        var filter = RunFilter()
        filter.name = run
        let store = try RunStore(reading: RunStore.path(state: site.site.state, sdc: site.sdc))
        let facts = try #require(
            try await store.facts(of: site.sdc, filter, at: .init(0), isWhole: true).first)
        let slowest = facts.attempts.map(\.duration).sorted()
        let used = try #require(nodes?.first?["used_s"] as? Double)
        #expect(abs(used - slowest[18]) < 1e-6)
        #expect(try await size("--walltime", "4y").status == 64)
        #expect(try await size("--walltime", "4h", "--cluster", "0").status == 64)
        #expect(try await size("--walltime", "4h", "--input", "other=/a").status == 65)
        #expect(try await size("--walltime", "4h", "--sdc", "SDC-XX").status == 66)
    }

    @Test(
        "a payload's path gives its node's label",
        arguments: [
            ("stack", "stack"), ("each.iterations.17.one", "each.one"),
            ("a.iterations.0.b.iterations.12.c", "a.b.c"), ("outer.inner", "outer.inner"),
            ("iterations.3", "iterations.3"),
        ])
    func label(path: String, label: String) {
        #expect(RunStore.label(ofPath: path) == label)
    }
}
