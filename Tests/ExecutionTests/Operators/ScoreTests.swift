import Foundation
import GroundSegment
import Testing

@testable import Execution

/// What a runner says of how payloads suit its hosts, by the real programs.
@Suite(.timeLimit(.minutes(12)), .serialized) struct ScoreTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func answer(_ words: String...) async throws -> Answer {
        try await Answer(words + ["--state", site.site.state])
    }

    /// Has `SDC-FR` described with a rule of choice.
    private func describe(_ choice: String) throws -> String {
        for name in try FileManager.default.contentsOfDirectory(atPath: "sdcs") {
            try site.site.folder.write(
                String(contentsOfFile: "sdcs/\(name)", encoding: .utf8), to: "sdcs/\(name)")
        }
        let text = try String(contentsOfFile: "sdcs/SDC-FR.yaml", encoding: .utf8)
        let file = try site.site.folder.write(
            "\(text)\nsite: {choice: \(choice)}\n", to: "sdcs/SDC-FR.yaml")
        return (file as NSString).deletingLastPathComponent
    }

    @Test("every term of the score is printed, and their sum is the total")
    func terms() async throws {
        let sdcs = try describe("{rule: fitness, weights: {manual: 3, cpu: 2}}")
        let runner = try site.serve("--slots", "1", "--sdcs", sdcs)
        #expect(try await site.isServed())
        let first = try site.graph("first", [.init(id: "a", script: "wait_for go; echo > $out")])
        let run = try await site.submit(first)
        #expect(try await site.reaches(run, "a", .running))
        let low = try await site.submit(
            site.graph("low", [.init(id: "b", script: "say low; echo > $out")]))
        let high = try await site.submit(
            site.graph("high", [.init(id: "c", script: "say high; echo > $out")]), priority: 4)
        #expect(try await site.reaches(low, "b", .ready))
        #expect(try await site.reaches(high, "c", .ready))
        #expect(try await site.give(.priority(run: low, payload: nil, value: 5)).isDone)
        let all = try await answer("score", "--json").object
        let rows = try #require(all["rows"] as? [[String: Any]])
        #expect(rows.map { $0["payload"] as? String } == ["c", "b"])
        for row in rows {
            let terms = try #require(row["terms"] as? [[String: Any]])
            #expect(terms.count == Fitness.Term.allCases.count)
            let sum = terms.reduce(0.0) {
                $0 + ($1["weight"] as? Double ?? .nan) * ($1["value"] as? Double ?? .nan)
            }
            #expect(abs(sum - (row["total"] as? Double ?? .nan)) < 1e-9)
        }
        let manual = try #require(
            (rows.last?["terms"] as? [[String: Any]])?.first { $0["term"] as? String == "manual" })
        #expect(manual["weight"] as? Double == 3 && manual["value"] as? Double == 5)
        let one = try await answer("score", "\(low)/b")
        #expect(one.lines.count == 2)
        #expect(
            one.lines.first?.split(separator: " ").map(String.init).prefix(4) == [
                "RUN", "PAYLOAD", "SCORE", "CPU",
            ])
        #expect(one.lines.last?.hasSuffix("waits for 1 cores") == true)
        #expect(try await answer("score", "--pilot", "nobody").text == "nothing waits\n")
        #expect(try await answer("score", "999").status == 66)
        try site.open("go")
        #expect(try await site.reaches(low, .completed))
        #expect(try await site.reaches(high, .completed))
        #expect(site.said == ["high", "low"])
        _ = site.drain(runner)
        #expect(try await answer("score").status == 69)
    }

    @Test("it tells what it does, and what cannot be meant is refused with the status for it")
    func words() async throws {
        let help = try await Answer(["score", "--help"])
        #expect(help.status == 0)
        #expect(help.text.contains("sdc-runner score 17 18/stack"))
        #expect(try await answer("score", "--limit", "many").status == 64)
        let nowhere = try await Answer(["score", "--state", "\(site.site.folder.path)/nowhere"])
        #expect(nowhere.status == 66)
        #expect(nowhere.errors.contains("there is no such folder"))
        let runner = try site.serve()
        #expect(try await site.isServed())
        #expect(try await answer("score").text == "nothing waits\n")
        #expect(try await answer("score", "--json").object["rows"] as? [String] == [])
        let unknown = try await answer("score", "7/a")
        #expect(unknown.status == 66)
        #expect(unknown.errors.contains("there is no run 7"))
        let run = try await site.submit(
            site.graph("one", [.init(id: "a", script: "echo > $out")]))
        #expect(try await answer("score", "\(run)/b").status == 66)
        _ = site.drain(runner)
        let ended = try await answer("score", run)
        #expect(ended.status == 69)
        #expect(ended.errors.contains("no runner serves; only one that runs scores"))
    }

    @Test("a submission's share is kept with it; else its campaign or survey is its share")
    func share() async throws {
        let runner = try site.serve()
        #expect(try await site.isServed())
        let submitted = try await answer(
            "submit", "observation", "--sdc", "SDC-FR", "--pipelines", site.site.pipelines,
            "--share", "DR1", "--campaign", "C", "--id", "s")
        #expect(submitted.status == 0)
        let plain = try await site.submit(
            site.graph("plain", [.init(id: "a", script: "echo > $out")]))
        #expect(try await site.run(plain)?.origin.share == "")
        #expect(try await site.run("1")?.origin.share == "DR1")
        _ = site.drain(runner)
        let campaign = Submission(id: "c", pipeline: "p", campaign: "DR2")
        #expect(RunOrigin.submission(campaign).share == "DR2")
        let shared = Submission(id: "c", pipeline: "p", campaign: "DR2", share: "DR3")
        let edited = try shared.changed(by: DraftChange(configuration: ["priority": "4"]))
        #expect(RunOrigin.submission(edited).share == "DR3")
        let order = site.site.order("1")
        #expect(RunOrigin.order(order).share == order.survey.text)
    }

    @Test("faults of the rule of choice are told with their lines, and nothing is served")
    func faults() throws {
        let sdcs = try describe("{rule: best, shares: {DR1: 0}}")
        let runner = try site.serve("--until-idle", "--sdcs", sdcs)
        #expect(runner.end() == 65)
    }
}
