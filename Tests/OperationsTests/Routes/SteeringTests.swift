import Foundation
import Testing

@testable import Operations

@Suite(.timeLimit(.minutes(10))) struct SteeringTests {
    @Test("what is done over the web is done, kept with whose token it was, and told on the run")
    func steered() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit(
                "two", [("first", site.waiting("go"), nil), ("second", "true", "first")])
            let commands = "/v1/runs/\(run)/commands"
            let held = try await site.send(
                "POST", commands, #"{"action": "hold", "reason": "<why>"}"#)
            #expect(held.status == 200)
            #expect(try held.value("state") == "HELD")
            let stale = try await site.send(
                "POST", commands, #"{"action": "cancel", "if_state": "EXECUTING"}"#)
            #expect(stale.status == 409)
            #expect(try stale.value("state") == "HELD")
            #expect(
                try stale.value("detail")?.contains(
                    "is HELD by now, not EXECUTING; nothing was done") == true)
            let priority = try await site.send(
                "PUT", "/v1/runs/\(run)/jobs/second/priority", #"{"value": 7}"#)
            #expect(priority.status == 200)
            let again = try await site.send("POST", commands, #"{"action": "hold"}"#)
            #expect(again.status == 409)
            #expect(try again.value("detail")?.contains("legal in PENDING, EXECUTING") == true)
            #expect(
                try await site.send("POST", commands, #"{"action": "release"}"#).status == 200)
            try site.open("go")
            try await site.until(run, "COMPLETED")
            let history = try await site.web.get("/v1/runs/\(run)/history").text
            let events =
                try JSONSerialization.jsonObject(with: Data(history.utf8)) as? [[String: Any]] ?? []
            #expect(
                events.map {
                    "\($0["by"] ?? "") \($0["action"] ?? "") \($0["isDone"] as? Bool ?? false)"
                } == [
                    "tester submit true", "anna hold true", "anna cancel false",
                    "anna priority true", "anna hold false", "anna release true",
                ])
            let page = try await site.web.get("/runs/\(run)").text
            #expect(page.contains("&lt;why&gt;") && !page.contains("<why>"))
            #expect(page.contains("<td class=\"short\">anna</td>"))
        }
    }

    @Test("without a token nothing is changed, with a wrong one either, and many are slowed down")
    func refused() async throws {
        try await ServedSite.with { site in
            let run = try await site.submit("one", [("first", site.waiting("go"), nil)])
            let path = "/v1/runs/\(run)/commands"
            let body = #"{"action": "cancel"}"#
            let none = try await site.web.send(
                "POST", path, ["Content-Type": "application/json"], body: Data(body.utf8))
            #expect(none.status == 401)
            #expect(none.headers["www-authenticate"] == "Bearer")
            let foreign = try await site.web.send(
                "POST", "/runs/\(run)",
                [
                    "Cookie": "\(Caller.cookie)=\(site.token)", "Sec-Fetch-Site": "cross-site",
                    "Content-Type": "application/x-www-form-urlencoded",
                ], body: Data("action=cancel".utf8))
            #expect(foreign.status == 403)
            for _ in 0..<10 {
                #expect(try await site.send("POST", path, body, token: "wrong").status == 403)
            }
            #expect(try await site.send("POST", path, body).status == 429)
            #expect(try await site.web.get("/v1/runs/\(run)").value("run", "state") == "EXECUTING")
            try site.open("go")
            try await site.until(run, "COMPLETED")
        }
    }

    @Test(
        "what is no command is refused with what is expected",
        arguments: [
            (#"{"action": "stop"}"#, 400, "expected one of hold, release, cancel"),
            (#"{"acton": "hold"}"#, 400, "unknown field acton"),
            (#"{"action": "priority", "value": 1e99}"#, 400, "expected a whole number"),
            (#"{"action": "settle"}"#, 400, "a run is not settled"), ("[]", 400, "no JSON object"),
        ])
    func faulty(body: String, status: Int, words: String) async throws {
        try await ServedSite.with { site in
            let run = try await site.submit("one", [("first", "true", nil)])
            let reply = try await site.send("POST", "/v1/runs/\(run)/commands", body)
            #expect(reply.status == status)
            #expect(reply.text.contains(words), "\(reply.text)")
            let missing = try await site.send(
                "POST", "/v1/runs/none/commands", #"{"action": "hold"}"#)
            #expect(missing.status == 404)
            try await site.until(run, "COMPLETED")
        }
    }
}
