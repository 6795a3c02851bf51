import Foundation
import Testing

@testable import Operations

@Suite(.timeLimit(.minutes(10))) struct SitePagesTests {
    @Test("jobs are found by their node and by the pilot that had them")
    func filters() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit("pair", [("one", "true", nil), ("two", "true", "one")])
            try await site.until(run, "COMPLETED")
            func total(_ query: String) async throws -> String? {
                try await site.web.get("/v1/jobs?ended=yes&\(query)").value("total")
            }
            #expect(try await total("label=two") == "1")
            #expect(try await total("label=wo") == "0")
            #expect(try await total("pilot=local") == "2")
            #expect(try await total("pilot=elsewhere") == "0")
            #expect(try await total("pilot=local&label=one&state=FAILED") == "0")
            let page = try await site.web.get("/jobs?ended=yes&label=two&pilot=local").text
            #expect(page.contains("name=\"label\" value=\"two\""))
            #expect(page.contains("/runs/\(run)/jobs/two") && !page.contains("/jobs/one"))
        }
    }

    @Test("what failed is in the feed and among the notices, and nothing of it is markup")
    func feed() async throws {
        try await ServedSite.with { site in
            let empty = try await site.web.get("/feed.atom")
            #expect(empty.headers["content-type"] == "application/atom+xml; charset=utf-8")
            #expect(!empty.text.contains("<entry>"))
            let run = try await site.submit(
                "bad", [("break", "echo '<b>&' >&2; exit 3", nil)])
            try await site.until(run, "ERROR")
            let feed = try await site.web.get("/feed.atom").text
            #expect(feed.contains("<id>urn:sgs:runner:SDC-FR:notice:1</id>"))
            #expect(feed.contains("<title>Run 1 of bad: break failed</title>"))
            #expect(feed.contains("<title>Run 1 of bad failed</title>"))
            #expect(feed.contains("&lt;b&gt;&amp;") && !feed.contains("<b>"))
            let kinds = try await site.web.get("/v1/notices?limit=1").text
            #expect(kinds.contains("run_failed") && !kinds.contains("job_failed"))
        }
    }

    @Test("what was wasted is told by executable, as a page and as JSON")
    func waste() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit("one", [("sleeper", "sleep 0.2", nil)])
            try await site.until(run, "COMPLETED")
            let rows =
                (try JSONSerialization.jsonObject(with: try await site.web.get("/v1/waste").data)
                as? [String: Any])?["rows"] as? [[String: Any]]
            #expect(rows?.map { $0["executable"] as? String } == ["sleeper"])
            #expect(rows?.first?["suggested"] is NSNull)
            let page = try await site.web.get("/waste?days=7&percentile=95").text
            #expect(page.contains("sleeper") && page.contains("too few: 1 of 20"))
            #expect(page.contains("sdc-runner profile suggest --hist 7 --percentile 95"))
            #expect(try await site.web.get("/waste?percentile=50").status == 400)
        }
    }

    @Test("who did what is told of the whole site")
    func history() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit("one", [("first", site.waiting("go"), nil)])
            let commands = "/v1/runs/\(run)/commands"
            _ = try await site.send(
                "POST", commands, #"{"action": "hold", "reason": "wrong release"}"#)
            _ = try await site.send("POST", commands, #"{"action": "release"}"#)
            try site.open("go")
            try await site.until(run, "COMPLETED")
            let page = try await site.web.get("/history").text
            #expect(page.contains("wrong release") && page.contains("/runs/\(run)"))
            let events =
                try JSONSerialization.jsonObject(
                    with: try await site.web.get("/v1/history?limit=2").data) as? [[String: Any]]
            #expect(events?.map { $0["action"] as? String } == ["release", "hold"])
            #expect(events?.first?["by"] as? String == "anna")
            let neighbours = try await site.web.get("/v1/runs/\(run)/neighbours")
            #expect(neighbours.status == 200)
        }
    }
}
