import Testing

@Suite struct RouteTableTests {
    @Test(
        "other methods are refused with those that are taken",
        arguments: [("POST", "/v1/sdcs", "GET, HEAD"), ("DELETE", "/v1/owner", "GET, HEAD, POST")])
    func methods(_ method: String, _ path: String, _ allowed: String) async throws {
        try await RunningRoutes.with { service in
            let reply = try await service.client.send(method, path)
            #expect(reply.status == 405)
            let names = reply.headers["allow"]?.split(separator: ", ").sorted()
            #expect(names == allowed.split(separator: ", ").sorted())
        }
    }
}
