import Foundation
import Testing

@testable import Service

@Suite struct ItemRoutesTests {
    @Test("pages of a list follow one another by the Link header and hold each item once")
    func pages() async throws {
        try await RunningService.with { service in
            var path: String? = "/v1/observations?limit=1&at=2027-01-05"
            var found: [String] = []
            while let here = path {
                let reply = try await service.get(here)
                found += try reply.column("id")
                path = reply.headers["link"].map { link in
                    String(link.dropFirst().prefix { $0 != ">" })
                }
            }
            #expect(found == ["1", "2", "50294/VAST_1045-62"])
        }
    }

    @Test("a list can be had for one SDC")
    func ofSDC() async throws {
        try await RunningService.with { service in
            let tiles = try await service.get("/v1/tiles?sdc=SDC-IT")
            #expect(try tiles.column("id") == [ServiceSample.equator(2)])
        }
    }

    @Test("an item's history tells what was known when")
    func history() async throws {
        try await RunningService.with([
            ServiceSample.plan(), ServiceSample.plan("second", primary: "SDC-IT"),
        ]) { service in
            let reply = try await service.get("/v1/observations/50294%2FVAST_1045-62/history")
            #expect(try reply.column("primary") == ["SDC-FR", "SDC-IT"])
            #expect(try reply.column("known_until").first != "<null>")
            #expect(try await service.get("/v1/tiles/none/history").status == 404)
        }
    }
}
