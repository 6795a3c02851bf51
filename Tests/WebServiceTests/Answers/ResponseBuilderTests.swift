import Foundation
import TestWebClient
import Testing

@Suite struct ResponseBuilderTests {
    private static let path = "/v1/tiles/7/owner"

    @Test("the same owner comes in four formats, by parameter and by header")
    func formats() async throws {
        try await RunningRoutes.with { service in
            for (format, type, start) in [
                ("json", "application/json", "{\"survey\": \"TEST\""),
                ("csv", "text/csv; charset=utf-8", "survey,id,primary"),
                ("ecsv", "application/x-ecsv; charset=utf-8", "# %ECSV 1.0"),
                ("votable", "application/x-votable+xml", "<?xml version=\"1.0\""),
            ] {
                let asked = try await service.client.get(Self.path + "?format=" + format)
                let accepted = try await service.client.get(Self.path, ["accept": type])
                #expect(asked.headers["content-type"] == type)
                #expect(asked.text.hasPrefix(start))
                #expect(asked.data == accepted.data)
                #expect(accepted.headers["vary"] == "Accept, Accept-Encoding")
            }
            #expect(try await service.client.get(Self.path, ["accept": "image/png"]).status == 406)
        }
    }

    @Test("an answer that the client has is not sent again, until a publication changes it")
    func tags() async throws {
        try await RunningRoutes.with { service in
            let first = try await service.client.get(Self.path)
            let tag = try #require(first.headers["etag"])
            #expect(first.headers["cache-control"] == "public, no-cache")
            let again = try await service.client.get(
                Self.path, ["if-none-match": "W/\(tag), \"x\""])
            #expect(again.status == 304)
            #expect(again.data.isEmpty)
            #expect(try await service.client.get(Self.path + "?format=csv").headers["etag"] != tag)
            service.board.publish(SampleState(version: "2", primary: "SDC-IT"))
            let changed = try await service.client.get(Self.path, ["if-none-match": tag])
            #expect(changed.status == 200)
            #expect(try changed.member("primary") == "SDC-IT")
        }
    }

    @Test("pages of other sites may read what is answered, problems included")
    func sharing() async throws {
        try await RunningRoutes.with { service in
            for path in [Self.path, "/", "/none", "/v1/tiles/8/owner"] {
                let reply = try await service.client.get(path, ["origin": "https://other.example"])
                #expect(reply.headers["access-control-allow-origin"] == "*", "\(path)")
            }
            let asked = try await service.client.send(
                "OPTIONS", "/v1/owner",
                [
                    "origin": "https://other.example", "access-control-request-method": "POST",
                    "access-control-request-headers": "content-type",
                ])
            #expect(asked.status == 204)
            #expect(asked.headers["access-control-allow-methods"] == "GET, POST, HEAD")
            #expect(asked.headers["access-control-allow-headers"]?.contains("Content-Type") == true)
            // Without the question it is a method that is not taken, as before.
            #expect(try await service.client.send("OPTIONS", "/v1/owner").status == 405)
        }
    }

    @Test("long answers are compressed for who takes that, under a tag of their own")
    func compression() async throws {
        try await RunningRoutes.with { service in
            let lines = "ra,dec\n" + String(repeating: "1.5,2.5\n", count: 2000)
            func ask(_ coding: String) async throws -> WebClient.Reply {
                try await service.client.send(
                    "POST", "/v1/owner",
                    ["content-type": "text/csv", "accept": "text/csv", "accept-encoding": coding],
                    body: Data(lines.utf8))
            }
            let plain = try await ask("identity")
            let packed = try await ask("gzip")
            #expect(plain.headers["content-encoding"] == nil)
            #expect(packed.headers["content-encoding"] == "gzip")
            #expect(plain.text.hasPrefix("ra,dec,tile,primary\n1.5,2.5,7,SDC-FR\n"))
            #expect(plain.text.split(separator: "\n").count == 2001)
            // The client unpacks what it gets.
            #expect(packed.text == plain.text)
            let short = try await service.client.get(Self.path, ["accept-encoding": "gzip"])
            #expect(short.headers["content-encoding"] == nil)
            let other = try await service.client.get(Self.path, ["accept-encoding": "identity"])
            #expect(short.headers["etag"] != other.headers["etag"])
            #expect(short.data == other.data)
        }
    }

    @Test("an unknown parameter is named with those that are known; empty fields of pages are none")
    func parameters() async throws {
        try await RunningRoutes.with { service in
            let wrong = try await service.client.get("/v1/owner?ra=1&dec=2&radius=3")
            #expect(wrong.status == 400)
            #expect(
                try wrong.member("detail")
                    == "unknown parameter radius, expected only ra, dec, at, format")
            #expect(try await service.client.get("/v1/owner?ra=1&dec=2&at=").status == 400)
            #expect(try await service.client.get("/?q=").status == 400)
            let page = "/sorted?by="
            #expect(try await service.client.get(page).text.contains("none"))
            #expect(try await service.client.get(page + "id").text.contains("id"))
        }
    }

    @Test("every response forbids guessing, framing and running, and HEAD is GET without a body")
    func headers() async throws {
        try await RunningRoutes.with { service in
            for path in [Self.path, "/", "/none", "/healthz"] {
                let reply = try await service.client.get(path)
                #expect(reply.headers["x-content-type-options"] == "nosniff")
                let policy = reply.headers["content-security-policy"]
                #expect(policy?.hasPrefix("default-src 'none'") == true)
                let head = try await service.client.send("HEAD", path)
                #expect(head.status == reply.status)
                #expect(head.data.isEmpty)
                #expect(head.headers["etag"] == reply.headers["etag"])
            }
        }
    }
}
