import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct OpenLineageTests {
    @Test("an identifier is a UUID that follows from the name")
    func identifier() {
        let job = OpenLineageEvent.Job(namespace: "n", name: "j", type: "DAG")
        let one = OpenLineageEvent.Subject(name: "SDC-FR RUN_1", job: job).identifier
        let pattern = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(one.wholeMatch(of: pattern) != nil)
        #expect(one == OpenLineageEvent.Subject(name: "SDC-FR RUN_1", job: job).identifier)
        #expect(one != OpenLineageEvent.Subject(name: "SDC-IT RUN_1", job: job).identifier)
    }

    @Test("an attempt that was lost fails, one that was stopped is aborted, each with its start")
    func kinds() throws {
        let facts = try SampleRuns.diamond(
            [.completed, .completed, .aborted, .aborted], state: .aborted,
            attempts: [
                SampleRuns.attempt(0, .lost, code: 1),
                SampleRuns.attempt(0, number: 2, .completed, code: 0),
                SampleRuns.attempt(2, .aborted, code: 143),
            ])
        let events = facts.openLineage(SampleRuns.configuration)
        #expect(
            events.filter { $0.parent != nil }.map(\.kind)
                == [.start, .start, .start, .fail, .complete, .abort])
        // The store has no end of this run.
        #expect(events.filter { $0.parent == nil }.map(\.kind) == [.start])
        #expect(Set(events.map(\.identifier)).count == events.count)
    }

    @Test("what runs is told to have started where somebody follows, and not again at its end")
    func underWay() throws {
        let facts = try SampleRuns.diamond([.running, .unready, .unready, .unready])
        #expect(facts.openLineage(SampleRuns.configuration).count == 1)
        let seen = facts.openLineage(SampleRuns.configuration, seen: MJD(60001))
        #expect(seen.map(\.kind) == [.start, .start])
        let ended = try SampleRuns.diamond(
            [.completed, .ready, .ready, .unready],
            attempts: [SampleRuns.attempt(0, .completed, code: 0)])
        let later = ended.openLineage(SampleRuns.configuration).map(\.identifier)
        #expect(seen.allSatisfy { later.contains($0.identifier) })
    }

    @Test("a real run is told with its products, its failures with their messages")
    func told() async throws {
        let site = try TestSite()
        try site.addPipeline(
            "good", steps: [("first", "echo 1 > $out", 1), ("second", "cat $before > $out", 1)])
        try site.addPipeline("bad", steps: [("break", "echo 'no stars' >&2; exit 9", 1)])
        try site.place(site.order("1", pipeline: "good"), site.order("2", pipeline: "bad"))
        try await site.serve("SDC-FR")
        let good = try await events(site, "1")
        #expect(
            good.map { $0["eventType"] as? String }
                == ["START", "START", "COMPLETE", "START", "COMPLETE", "COMPLETE"])
        let outputs = try #require(good.last?["outputs"] as? [[String: Any]])
        #expect(outputs.map { $0["name"] as? String } == ["observation/1/result.txt"])
        #expect(outputs.first?["namespace"] as? String == "sgs:products:survey")
        let facets = outputs.first?["facets"] as? [String: [String: Any]]
        #expect((facets?["version"]?["datasetVersion"] as? String)?.hasPrefix("sha256:") == true)
        let parents = good.compactMap { event in
            ((event["run"] as? [String: Any])?["facets"] as? [String: [String: Any]])?["parent"]
        }
        #expect(parents.count == 4)
        let bad = try await events(site, "2")
        #expect(bad.count { $0["eventType"] as? String == "FAIL" } == 4)
        let run = bad.last?["run"] as? [String: Any]
        let error = (run?["facets"] as? [String: [String: Any]])?["errorMessage"]
        #expect((error?["message"] as? String)?.contains("no stars") == true)
        #expect(try await events(site, "1", "--follow").count == 6)
        #expect(
            try await Answer(site, "lineage", "observation/1/result.txt", "--openlineage").status
                == 64)
        #expect(try await Answer(site, "lineage", "1", "--follow").status == 64)
    }

    private func events(_ site: TestSite, _ run: String, _ more: String...) async throws
        -> [[String: Any]]
    {
        let answer = try await Answer(
            ["lineage", run, "--openlineage"] + more + [
                "--state", site.state, "--storage", site.storageRoot,
            ])
        #expect(answer.status == 0, "\(answer.errors)")
        return try answer.lines.map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }
}
