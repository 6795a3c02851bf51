import Testing

@testable import Service

@Suite struct OwnershipServiceTests {
    @Test("asked to stop, the service ends, also with an idle connection open")
    func stops() async throws {
        try await RunningService.with { service in
            let reply = try await service.get("/healthz")
            #expect(reply.status == 200)
            await service.stop()
        }
    }
}
