import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct HistoryTests {
    @Test("what was done to a run is told on it, who had the runner end in the site's history")
    func told() async throws {
        let site = try OperatedSite()
        let runner = try site.serve()
        #expect(try await site.isServed())
        let graph = try site.graph(
            "one", [.init(id: "a", script: "wait_for go; echo > $out", after: nil)])
        let run = try await site.submit(graph)
        _ = try await site.give(.hold(run: run, payload: nil, reason: "wrong release"))
        _ = try await site.give(.priority(run: run, payload: "a", value: 3))
        _ = try await site.give(.release(run: run, payload: nil))
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        // It may be over before it has answered.
        _ = try await site.control.ask(.end, by: "anna", reason: "maintenance")
        #expect(runner.end() == 0)
        let page = try await Answer(site.site, "run", "show", run, "--json")
        let history = try #require(page.object["history"] as? [[String: Any]])
        #expect(
            history.map { $0["action"] as? String } == ["submit", "hold", "priority", "release"])
        #expect(history[1]["by"] as? String == "tester")
        #expect(history[1]["reason"] as? String == "wrong release")
        #expect(history[2]["payload"] as? String == "a")
        let text = try await Answer(site.site, "run", "show", run).lines
        #expect(text.contains { $0.contains("tester  hold") && $0.contains("wrong release") })
        let all = try await Answer(site.site, "history", "--json").object
        let sites = try #require(all["sites"] as? [[String: Any]])
        let events = try #require(sites.first?["events"] as? [[String: Any]])
        #expect(events.count == 5)
        #expect(events.first?["action"] as? String == "drain")
        #expect(events.first?["by"] as? String == "anna")
        #expect(events.first?["reason"] as? String == "maintenance")
        #expect(
            try await Answer(site.site, "history", "--count", "1").lines.last?.contains("runner")
                == true)
    }

    @Test("what was done to a run is found by an index, however many commands there were")
    func index() async throws {
        let site = try TestSite()
        let store = try RunStore(path: "\(site.folder.path)/runner.sqlite")
        let details = try await store.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    EXPLAIN QUERY PLAN SELECT given_at FROM inbox
                    WHERE json_extract(answer, '$.run') = 'RUN_1' ORDER BY sequence DESC LIMIT 200
                    """
            ).map { $0["detail"] as String }
        }
        #expect(details.first?.contains("USING INDEX inbox_run") == true, "\(details)")
    }
}
