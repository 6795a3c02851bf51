import Foundation
import Testing

@testable import Operations

@Suite(.timeLimit(.minutes(10))) struct PagesTests {
    @Test("pages and their JSON tell of runs and jobs the same, and nothing in a log is markup")
    func told() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit(
                "pair",
                [
                    ("good", "echo '<b>x</b>'; printf '\\033[31m' ", nil),
                    ("bad", "echo '<script>1</script>' >&2; exit 3", nil),
                    ("after", "true", "bad"),
                ])
            try await site.until(run, "ERROR")
            let listed = try await site.web.get("/v1/jobs?ended=yes&state=FAILED")
            #expect(try listed.value("total") == "1")
            let states =
                try JSONSerialization.jsonObject(
                    with: (try await site.web.get("/v1/jobs?ended=yes")).data) as? [String: Any]
            #expect(
                states?["states"] as? [String: Int] == ["COMPLETED": 1, "FAILED": 1, "PRUNED": 1])
            #expect(try await site.web.get("/v1/jobs").value("total") == "0")
            let log = try await site.web.get("/v1/runs/\(run)/jobs/good/log")
            #expect(log.text == "<b>x</b>\n?[31m")
            let events = try await site.web.get("/v1/runs/\(run)/jobs/good/log/events")
            #expect(
                events.text
                    == "event: text\ndata: \"<b>x<\\/b>\\n?[31m\"\n\nevent: end\ndata: end\n\n")
            for path in [
                "/", "/runs", "/jobs?ended=yes", "/runs/\(run)", "/runs/\(run)/jobs/bad", "/pilots",
                "/configuration", "/help", "/login",
            ] {
                let page = try await site.web.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(page.headers["content-type"] == "text/html; charset=utf-8")
                #expect(!page.text.contains("<script>1"), "\(path)")
            }
            let job = try await site.web.get("/runs/\(run)/jobs/bad").text
            #expect(job.contains("&lt;script&gt;1&lt;/script&gt;"))
            #expect(job.contains("exit code 3"))
            let page = try await site.web.get("/runs/\(run)").text
            #expect(page.contains("1 of 3 payloads have completed, 1 failed or were ended."))
            #expect(try await site.web.get("/runs/none").status == 404)
            #expect(try await site.web.get("/runs/\(run)/jobs/none").status == 404)
            #expect(try await site.web.get("/jobs?state=LOST").status == 400)
        }
    }

    @Test("only what is legal is offered, and only to who has logged in")
    func forms() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit("one", [("first", site.waiting("go"), nil)])
            let out = try await site.web.get("/runs/\(run)").text
            #expect(out.contains("hold, priority, cancel. ") && !out.contains("method=\"post\""))
            let login = try await site.web.send(
                "POST", "/login", ["Content-Type": "application/x-www-form-urlencoded"],
                body: Data("token=wrong".utf8))
            #expect(login.text.contains("nobody&#39;s") || login.text.contains("nobody"))
            let page = try await site.web.get(
                "/runs/\(run)", ["Cookie": "a=b; \(Caller.cookie)=\(site.token)"]
            ).text
            #expect(page.contains("Logged in as anna"))
            let offered = page.matches(of: /name="action" value="([a-z]+)"/).map { String($0.1) }
            #expect(offered == ["hold", "priority", "cancel"])
            #expect(page.contains("name=\"if_state\" value=\"EXECUTING\""))
            try site.open("go")
            try await site.until(run, "COMPLETED")
        }
    }

    @Test("the interface's description has every route of data and of changes")
    func description() async throws {
        try await ServedSite.with { site in
            let text = try await site.web.get("/v1/openapi.json").text
            for path in [
                "/v1/status", "/v1/runs/{run}/commands", "/v1/runs/{run}/jobs/{path}/log/events",
                "/v1/pilots/{pilot}/drain", "/v1/events",
            ] { #expect(text.contains("\"\(path)\""), "\(path)") }
            #expect(!text.contains("\"/login\""))
        }
    }
}
