import Testing

@Suite struct WebServerTests {
    @Test("asked to stop, the server ends, also with an idle connection open")
    func stops() async throws {
        try await RunningRoutes.with { service in
            let reply = try await service.client.get("/healthz")
            #expect(reply.status == 200)
            #expect(reply.text == "ok\n")
            #expect(reply.headers["server"] == "test")
            await service.stop()
        }
    }
}
