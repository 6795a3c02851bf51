import Testing

@testable import Service

@Suite struct DifferenceRouteTests {
    @Test("a distribution tells what it assigns otherwise than another, the one before where none")
    func difference() async throws {
        try await RunningService.with([
            ServiceSample.plan(), ServiceSample.plan("second", primary: "SDC-IT", tiles: 2),
            ServiceSample.plan("third", more: ["4"]),
        ]) { service in
            let first = try await service.get("/v1/distributions/TEST/1/changes")
            #expect(try first.column("id").count == 6)
            #expect(try first.column("previous_primary") == Array(repeating: "<null>", count: 6))
            let second = try await service.get("/v1/distributions/TEST/2/changes")
            #expect(
                try second.column("id")
                    == ["1", "2", "50294/VAST_1045-62"] + (0..<3).map(ServiceSample.equator))
            #expect(
                try second.column("primary") == Array(repeating: "SDC-IT", count: 5) + ["<null>"])
            // The third is the first with one observation more.
            let third = try await service.get("/v1/distributions/TEST/3/changes?against=1")
            #expect(try third.column("id") == ["4"])
            #expect(third.headers["x-total-count"] == "1")
            #expect(
                try await service.get("/v1/distributions/TEST/3/changes?against=9").status == 404)
            let page = try await service.get("/distributions/TEST/3?against=1")
            #expect(page.text.contains("1 of 7 assignments differ: 1 new, 0 gone, 0 moved."))
        }
    }
}
