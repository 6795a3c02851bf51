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
                #expect(accepted.headers["vary"] == "Accept")
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
