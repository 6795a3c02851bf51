import Foundation
import GroundSegment
import Testing

@testable import Execution

/// The real program asked about the runs of a real runner.
@Suite(.timeLimit(.minutes(12))) struct QueriesTests {
    private let site: TestSite

    /// Run 1 completes; two steps of run 2 fail.
    init() async throws {
        site = try TestSite()
        try site.addPipeline(
            "good",
            steps: [("first", "echo hello; echo 1 > $out", 1), ("second", "cat $before > $out", 1)])
        try site.addPipeline(
            "bad",
            steps: [("start", "echo > $out", 1), ("break", "echo 'no stars' >&2; exit 9", 1)])
        try site.place(site.order("1", pipeline: "good"), site.order("2", pipeline: "bad"))
        try await site.serve("SDC-FR")
    }

    @Test("runs are listed with their states")
    func list() async throws {
        let answer = try await Answer(site, "run", "list", "--json")
        #expect(answer.status == 0)
        let runs = try #require(answer.object["runs"] as? [[String: Any]])
        #expect(runs.map { $0["state"] as? String } == ["COMPLETED", "ERROR"])
        #expect(runs.map { $0["percent"] as? Int } == [100, 50])
        let pattern = /RUN_\d{8}_\d{6}_\d{6}_good/
        #expect((runs[0]["run"] as? String)?.wholeMatch(of: pattern) != nil)
        let lines = try await Answer(site, "run", "list", "--state-is", "error").lines
        #expect(lines.count == 2)
        #expect(lines.last?.hasSuffix("step break: exit code 9: no stars") == true)
        #expect(try await Answer(site, "run", "list", "--user", "nobody").lines.count == 1)
        #expect(try await Answer(site, "run", "list", "--hist", "1").lines.count == 3)
        #expect(try await Answer(site, "run", "list", "--state-is", "ill").status == 64)
    }

    @Test("a run is shown with its fields, and its state's number is the exit status")
    func show() async throws {
        let good = try await Answer(site, "run", "show", "1", "--json")
        #expect(good.status == 0)
        let outputs = try #require(good.object["outputs"] as? [[String: Any]])
        #expect(outputs.map { $0["product"] as? String } == ["observation/1/result.txt"])
        let path = try #require(outputs.first?["path"] as? String)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "1\n")
        let bad = try await Answer(site, "run", "show", "2")
        #expect(bad.status == 19)
        #expect(bad.lines.contains { $0.hasPrefix("x  break  FAILED     local    3") })
        #expect(try await Answer(site, "run", "show", "3").status == 66)
        #expect(try await Answer(site, "status", "2").status == 19)
    }

    @Test("the graph is told with the states of its nodes")
    func graph() async throws {
        let lines = try await Answer(site, "run", "graph", "2").lines
        #expect(
            lines[1...] == [
                "start  exec  start    COMPLETED", "break  exec  break    FAILED     start",
            ])
        #expect(
            try await Answer(site, "run", "graph", "2", "--dot").text.hasPrefix("digraph \"bad\" {")
        )
    }

    @Test("a payload's page has what its attempts used")
    func job() async throws {
        let answer = try await Answer(site, "job", "show", "2/break", "--json")
        #expect(answer.status == 19)
        #expect(answer.object["exitCode"] as? Int == 9)
        // What is not known or not limited is null, its key is there.
        #expect((answer.object["vms"] as? [String: Any])?["requested"] is NSNull)
        #expect((answer.object["history"] as? [Any])?.count == 3)
        #expect(answer.object["message"] as? String == "exit code 9: no stars")
        #expect(try await Answer(site, "job", "show", "2/never").status == 66)
        #expect(try await Answer(site, "job", "show", "nothing").status == 64)
    }

    @Test("what a payload said is told, also by its earlier attempts")
    func log() async throws {
        #expect(try await Answer(site, "job", "log", "1/first").text == "hello\n")
        #expect(try await Answer(site, "job", "log", "-f", "1/first").text == "hello\n")
        #expect(try await Answer(site, "job", "log", "--stderr", "2/break#1").text == "no stars\n")
        #expect(try await Answer(site, "job", "log", "2/break#7").status == 66)
    }

    @Test("a payload's command does by hand what the runner did")
    func command() async throws {
        let answer = try await Answer(
            site, "job", "command", "2/start", "--pipelines", site.pipelines)
        let output = "\(site.storageRoot)/SDC-FR/.work"
        let page = try await Answer(site, "job", "show", "2/start", "--json").object
        let workdir = try #require(page["workdir"] as? String)
        #expect(workdir.hasPrefix(output))
        try StoredFiles.remove(workdir)
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", answer.text]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        #expect(try String(contentsOfFile: "\(workdir)/out.txt", encoding: .utf8) == "\n")
    }

    @Test("reports count what there is")
    func report() async throws {
        #expect(try await Answer(site, "report").lines.count == 3)
        #expect(try await Answer(site, "report", "--id", "9").status == 66)
        let codes = try await Answer(site, "report", "--id", "2", "--exit-codes", "--json").object
        let run = try #require((codes["runs"] as? [[String: Any]])?.first)
        let row = try #require((run["rows"] as? [[String: Any]])?.first)
        #expect(row["payloadErrors"] as? Int == 3)
        #expect(row["payloadCodes"] as? [Int] == [9])
        let errors = try await Answer(site, "report", "--errors").lines
        #expect(errors.count == 2)
        #expect(try await Answer(site, "report", "--errors", "--detailed").status == 64)
    }

    @Test("a profile has the request beside what was used")
    func profile() async throws {
        let profile = try await Answer(site, "job", "profile", "1/first", "--json").object
        #expect((profile["requested"] as? [String: Any])?["memory"] as? Int == 16)
        let most = (profile["max"] as? [String: Any])?["rss"] as? Double
        #expect(try #require(most) > 0)
        #expect(try await Answer(site, "job", "profile", "1/first#2").status == 66)
    }

    @Test("of runs that are over nothing waits")
    func why() async throws {
        #expect(try await Answer(site, "why").text == "nothing waits\n")
        #expect(try await Answer(site, "run", "why", "2").text == "nothing waits\n")
        #expect(try await Answer(site, "job", "why", "2/nowhere").status == 66)
    }
}
