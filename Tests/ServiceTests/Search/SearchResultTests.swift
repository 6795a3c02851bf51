import Testing

@testable import Service

@Suite struct SearchResultTests {
    private static let sample = [
        (ServiceSample.equator(1), "Tile \(ServiceSample.equator(1)) of TEST"),
        ("50294%2FVAST_1045-62", "Observation 50294/VAST_1045-62 of TEST"),
        ("+2+", "Observation 2 of TEST"), ("sdc-fr", "SDC-FR, SDC-FR &lt;name&gt;"),
        ("0.6+0.1", "Tile \(ServiceSample.equator(1)) of TEST"),
        ("00:02:24+%2B00:06:00", "Tile \(ServiceSample.equator(1)) of TEST"),
        ("RA%3D0.6%C2%B0,+Dec%3D0.1%C2%B0", "Tile \(ServiceSample.equator(1)) of TEST"),
    ]

    @Test("one box finds a tile, an observation, an SDC and the tile of a position")
    func finds() async throws {
        try await RunningService.shared { service in
            for (text, title) in Self.sample {
                for date in ["", "2027-01-05"] {
                    let page = try await service.get("/search?q=\(text)&at=\(date)")
                    #expect(page.status == 200, "\(text)")
                    #expect(page.text.contains("<h1>\(title)</h1>"), "\(text)")
                    let isShown = page.text.contains("value=\"\(date)\"")
                    #expect(isShown != date.isEmpty, "\(text)")
                }
            }
        }
    }

    @Test("what is not found is told with the reason, and the box is there again")
    func misses() async throws {
        try await RunningService.shared { service in
            for (text, reason) in [
                ("M31", "is no tile, observation or SDC"),
                ("12:75:00+5", "minutes are 75, expected 0 to below 60"),
                ("100+80", "no published tile holds RA 100, Dec 80; the nearest is"),
            ] {
                let page = try await service.get("/search?q=" + text)
                #expect(page.status == 404)
                #expect(page.text.contains(reason), "\(text)")
                #expect(page.text.contains("action=\"/search\""))
            }
            let empty = try await service.get("/search?q=&at=")
            #expect(empty.status == 200)
            #expect(empty.text.contains("<h1>Search</h1>"))
        }
    }

    @Test("what several surveys have is listed")
    func several() async throws {
        let plans = ["A", "B"].map { ServiceSample.plan(survey: .init($0)) }
        try await RunningService.with(plans) { service in
            let page = try await service.get("/search?q=2&at=2027-01-05")
            #expect(
                page.text.contains(
                    "href=\"/observations/2?survey=A&amp;at=2027-01-05T00%3A00%3A00Z\""))
            #expect(page.text.contains("observation 2 of B"))
            let one = try await service.get("/search?q=2&survey=B")
            #expect(one.text.contains("<h1>Observation 2 of B</h1>"))
        }
    }
}
