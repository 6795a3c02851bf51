import Testing

@testable import Service

@Suite struct ItemPageTests {
    @Test("a tile's page shows its outline, neighbours, observations, history and orders")
    func tile() async throws {
        try await RunningService.with([
            ServiceSample.plan(),
            ServiceSample.plan("second", primary: "SDC-IT", over: "1", ready: 1.01),
        ]) { service in
            let page = try await service.get("/tiles/" + ServiceSample.equator(1)).text
            #expect(
                page.contains(
                    "class=\"tile\">\n<title>tile \(ServiceSample.equator(1)), SDC-IT</title>"))
            #expect(page.matches(of: /class="neighbour"/).count == 2)
            #expect(page.matches(of: /class="observation"/).count == 1)
            let parts = page.components(separatedBy: "<h2>")
            func part(_ title: String) -> String { parts.first { $0.hasPrefix(title) } ?? "" }
            #expect(part("Neighbours").contains(ServiceSample.equator(0)))
            #expect(part("Neighbours").contains(ServiceSample.equator(2)))
            #expect(part("Observations on it").contains("50.0%"))
            #expect(part("By time of knowledge").matches(of: /<tr>/).count == 3)
            #expect(part("Replicas").contains("Nothing has been made of it yet."))
            #expect(part("Orders").contains("state-allocated"))
        }
    }

    @Test("an observation's page shows its tiles, replicas and orders")
    func observation() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1", ready: 1.01)]) { service in
            let page = try await service.get("/observations/1").text
            #expect(page.contains("class=\"observation itself\""))
            let parts = page.components(separatedBy: "<h2>")
            let tiles = parts.first { $0.hasPrefix("Tiles below it") } ?? ""
            #expect(tiles.matches(of: /href="\/tiles\/[0-9]+\?survey=TEST"/).count == 3)
            #expect(parts.contains { $0.hasPrefix("Orders") && $0.contains("OBS-1") })
        }
    }

    @Test("the pages of lists show filters, totals and the way to the next rows")
    func lists() async throws {
        try await RunningService.shared { service in
            let tiles = try await service.get("/tiles?sdc=SDC-FR&role=primary").text
            #expect(tiles.contains("1 to 2 of 2 tiles in force, by identifier."))
            #expect(tiles.contains("<option value=\"SDC-FR\" selected>SDC-FR</option>"))
            #expect(tiles.contains("sdc=SDC-FR&amp;role=primary&amp;limit=100"))
            let rest = try await service.get("/observations?after=2").text
            #expect(rest.contains("3 to 3 of 3 observations in force, by identifier."))
            #expect(rest.contains("From the beginning"))
            #expect(try await service.get("/tiles?sdc=SDC-XX").status == 404)
            // A column has one number of decimals.
            let degrees = tiles.matches(of: /<td class="number">([^<]*)</).map(\.output.1)
            #expect(degrees == ["0.25000", "0.00000", "0.75000", "0.00000"])
            let changes = try await service.get("/changes?since=2100-01-01").text
            #expect(changes.contains("Nothing was changed since then."))
        }
    }
}
