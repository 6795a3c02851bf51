import Testing

@testable import Service

@Suite struct OverlapRoutesTests {
    @Test("a tile tells the observations on it, and an observation the tiles below it")
    func both() async throws {
        let plan = ServiceSample.plan(over: "2", ready: 1.01)
        try await RunningService.with([plan]) { service in
            let tile = ServiceSample.equator(1)
            let observations = try await service.get("/v1/tiles/\(tile)/observations")
            #expect(try observations.column("id") == ["2"])
            #expect(try observations.column("fraction") == ["0.5"])
            #expect(try observations.column("starts") == ["2027-01-04T00:00:00Z"])
            #expect(try observations.column("primary") == ["SDC-FR"])
            let tiles = try await service.get("/v1/observations/2/tiles")
            #expect(try tiles.column("id") == (0..<3).map(ServiceSample.equator))
            #expect(try tiles.column("primary") == ["SDC-FR", "SDC-FR", "SDC-IT"])
            #expect(try tiles.column("revision") == ["1", "1", "1"])
            #expect(try await service.get("/v1/observations/1/tiles").column("id") == [])
            #expect(try await service.get("/v1/tiles/7/observations").status == 404)
            #expect(try await service.get("/v1/observations/7/tiles").status == 404)
        }
    }
}
