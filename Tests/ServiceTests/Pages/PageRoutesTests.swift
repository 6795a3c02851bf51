import Catalogue
import Foundation
import PostgreSQL
import Testing

@testable import Service

@Suite struct PageRoutesTests {
    private static let pages = [
        "/", "/tiles/\(ServiceSample.equator(0))", "/observations/50294%2FVAST_1045-62",
        "/sdcs/SDC-FR", "/distributions", "/distributions/TEST/1", "/owner?ra=0.1&dec=0.1",
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

    @Test(
        "what is not there is told to people as a page, and to programs as data",
        arguments: [
            ("/tiles/7", "nothing published has this tile"),
            ("/owner?ra=100&dec=80", "the nearest is \(ServiceSample.equator(2))"),
            ("/owner?ra=x&dec=80", "parameter ra: found"), ("/nowhere", "nothing at this address"),
        ])
    func problems(_ path: String, _ detail: String) async throws {
        try await RunningService.with { service in
            let page = try await service.get(path, ["Accept": "text/html,*/*;q=0.8"])
            #expect(page.status == (path.contains("=x") ? 400 : 404))
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains(detail))
            let data = try await service.get("/v1" + path)
            #expect(data.headers["content-type"] == "application/problem+json")
        }
    }

    @Test("distributions are shown page by page, the newest first")
    func paging() async throws {
        try await RunningService.with { service in
            let connection = try await Connection.open(service.database)
            let plans = try await SnapshotReader(connection).plans()
            await connection.close()
            let many = Array(repeating: plans, count: DistributionsPage.rows + 1).flatMap { $0 }
            let first = DistributionsPage(many, after: nil).page.text
            #expect(first.components(separatedBy: "<tr>").count == DistributionsPage.rows + 2)
            #expect(first.contains("/distributions?after=1%2FTEST"))
            let only = DistributionsPage(plans, after: nil).page.text
            #expect(!only.contains("Earlier ones"))
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
