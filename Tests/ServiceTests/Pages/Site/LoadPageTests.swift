import Testing

@testable import Service

@Suite struct LoadPageTests {
    @Test("an SDC's load is a table of all weeks, for people")
    func weeks() async throws {
        try await RunningService.shared { service in
            let page = try await service.get("/sdcs/SDC-FR/load").text
            let rows = page.matches(of: /<tr><td([\s\S]*?)<\/tr>/).map { row in
                row.output.1.split(separator: /[^<>]*>|<[^>]*>/).map { String($0).trimmed }
                    .filter { !$0.isEmpty }
            }
            #expect(
                rows == [
                    ["2027-01-04", "3", "2", "30", "40", "120", "93%", "25%"],
                    ["2027-01-11", "3", "2", "60", "40", "120", "100%", "50%"],
                ])
            let site = try await service.get("/sdcs/SDC-FR").text
            #expect(site.contains("<a href=\"/sdcs/SDC-FR/load?survey=TEST\">Load by week</a>"))
            #expect(try await service.get("/sdcs/SDC-XX/load").status == 404)
        }
    }
}
