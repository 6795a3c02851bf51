import Foundation
import Testing

@testable import Service

@Suite struct PageRoutesTests {
    private static let pages = [
        "/", "/tiles/\(ServiceSample.equator(0))", "/observations/50294%2FVAST_1045-62",
        "/sdcs/SDC-FR", "/distributions/TEST/1",
    ]

    @Test("each page is whole without script and names its twin as data", arguments: pages)
    func twin(_ path: String) async throws {
        try await RunningService.with { service in
            let page = try await service.get(path)
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(!page.text.contains("<script"))
            let link = page.text.firstMatch(
                of: /<link rel="alternate" type="application\/json" href="([^"]+)"/)
            let twin = String(try #require(link).1).replacing("&amp;", with: "&")
            let data = try await service.get(twin)
            #expect(data.status == 200)
            #expect(data.headers["content-type"] == "application/json")
        }
    }

    @Test("all links of all pages lead somewhere")
    func links() async throws {
        try await RunningService.with { service in
            var open = Self.pages
            var seen: Set<String> = []
            while let path = open.popLast() {
                guard seen.insert(path).inserted else { continue }
                let reply = try await service.get(path)
                #expect(reply.status == 200, "\(path)")
                guard reply.headers["content-type"]?.hasPrefix("text/html") == true else {
                    continue
                }
                open += reply.text.matches(of: /href="([^"]+)"/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }
            }
            #expect(seen.count > 20)
        }
    }

    @Test("names from the plan are escaped")
    func escaped() async throws {
        try await RunningService.with { service in
            let page = try await service.get("/sdcs/SDC-FR")
            #expect(page.text.contains("SDC-FR &lt;name&gt;"))
            #expect(!page.text.contains("<name>"))
        }
    }
}
