import Catalogue
import Foundation
import GroundSegment
import PostgreSQL
import Testing

@testable import Service

@Suite struct PageRoutesTests {
    private static let pages = [
        "/", "/tiles/\(ServiceSample.equator(0))", "/observations/50294%2FVAST_1045-62",
        "/sdcs/SDC-FR", "/sdcs/SDC-FR/load", "/distributions", "/distributions/TEST/1",
        "/owner?ra=0.1&dec=0.1",
    ]

    private static let lists = [
        "/tiles", "/tiles?sdc=SDC-FR&role=primary&at=2027-01-05", "/observations", "/sdcs",
        "/sdcs?at=2027-01-05", "/changes", "/changes?since=2027-01-01", "/map",
        "/search?q=0:00:24+0:06:00&at=", "/search?q=SDC-IT&at=2027-01-05", "/progress",
        "/orders", "/orders?sdc=SDC-FR&state=ALLOCATED&pipeline=tile",
    ]

    @Test("each page is whole without script and names its twin as data", arguments: pages)
    func twin(_ path: String) async throws {
        try await RunningService.shared { service in try await Self.checkTwin(path, service) }
    }

    @Test("so is each page of a list, a map, a search and the progress")
    func lists() async throws {
        try await RunningService.shared { service in
            for path in Self.lists { try await Self.checkTwin(path, service) }
        }
    }

    private static func checkTwin(_ path: String, _ service: RunningService) async throws {
        let page = try await service.get(path)
        #expect(page.status == 200)
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        // What is there without script is all there is; the one that may be loaded is our own.
        let scripts = page.text.matches(of: /<script([^>]*)>/).map { String($0.1) }
        #expect(scripts == (path == "/progress" ? [" src=\"/progress.js\" defer"] : []))
        #expect(page.text.contains("<form action=\"/search\" role=\"search\""))
        let link = page.text.firstMatch(
            of: /<link rel="alternate" type="application\/json" href="([^"]+)"/)
        let twin = String(try #require(link).1).replacing("&amp;", with: "&")
        let data = try await service.get(twin)
        #expect(data.status == 200)
        #expect(data.headers["content-type"] == "application/json")
    }

    @Test("all links of all pages lead somewhere")
    func links() async throws {
        try await RunningService.shared { service in
            var open = Self.pages + Self.lists
            var seen: Set<String> = []
            while let path = open.popLast() {
                guard seen.insert(path).inserted else { continue }
                let reply = try await service.get(path)
                #expect(reply.status == 200, "\(path)")
                guard reply.headers["content-type"]?.hasPrefix("text/html") == true else {
                    continue
                }
                // Events go on for ever.
                open += reply.text.matches(of: /href="([^"]+)"/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }.filter { !$0.hasSuffix("/events") }
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
        try await RunningService.shared { service in
            let page = try await service.get(path, ["Accept": "text/html,*/*;q=0.8"])
            #expect(page.status == (path.contains("=x") ? 400 : 404))
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains(detail))
            #expect(page.text.contains("<form action=\"/search\" role=\"search\""))
            let data = try await service.get("/v1" + path)
            #expect(data.headers["content-type"] == "application/problem+json")
        }
    }

    @Test("distributions are shown page by page, the newest first")
    func paging() async throws {
        try await RunningService.shared { service in
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
        try await RunningService.shared { service in
            let page = try await service.get("/sdcs/SDC-FR")
            #expect(page.text.contains("SDC-FR &lt;name&gt;"))
            #expect(!page.text.contains("<name>"))
        }
    }

    @Test("a survey with a space is found as its own form sends it (fault 12)")
    func form() async throws {
        let plans = ["deep survey", "a+b & \"c\"  <d>"].map { ServiceSample.plan(survey: ID($0)) }
        try await RunningService.with(plans) { service in
            #expect(try await service.get("/").text.matches(of: /<form/).count == 1)
            let list = try await service.get("/distributions")
            #expect(list.text.contains("<option value=\"deep survey\">"))
            #expect(list.text.contains("<option value=\"a+b &amp; &quot;c&quot;  &lt;d&gt;\">"))
            for survey in ["deep+survey", "deep%20survey", "a%2Bb+%26+%22c%22++%3Cd%3E"] {
                let page = try await service.get("/owner?ra=+0.6&dec=0.1&survey=" + survey)
                #expect(page.status == 200, "\(survey)")
                let data = try await service.get("/v1/sdcs?format=csv&survey=" + survey)
                #expect(data.text.contains("SDC-FR"), "\(survey)")
            }
            #expect(try await service.get("/v1/sdcs?survey=a+b").status == 404)
            let at = "/v1/owner?survey=deep+survey&ra=0.6&dec=0.1&at=2027-01-05"
            for time in ["+00:00:00", "T00:00:00", "%2000:00", "T02:00:00+02:00", "+02:00+02:00"] {
                let reply = try await service.get(at + time)
                #expect(try reply.member("primary") == "SDC-FR", "\(time)")
            }
            let wrong = try await service.get(at + "x")
            #expect(try wrong.member("detail")?.contains("a plus is written %2B") == true)
            for query in [
                "survey=%ff", "survey=%C3", "=1", "survey=deep+survey&survey=deep+survey",
            ] {
                #expect(try await service.get("/v1/sdcs?" + query).status == 400, "\(query)")
            }
        }
    }

    @Test("a page's path takes a plus as a plus")
    func path() async throws {
        let plan = ServiceSample.plan(more: ["a+b"])
        try await RunningService.with([plan]) { service in
            for (id, status) in [("a+b", 200), ("a%2Bb", 200), ("a%20b", 404)] {
                let page = try await service.get("/observations/" + id)
                #expect(page.status == status, "\(id)")
            }
        }
    }

    @Test("a list's next page keeps the query as it came")
    func nextPage() async throws {
        let plan = ServiceSample.plan(survey: "deep survey", more: ["a b", "a+b"])
        try await RunningService.with([plan]) { service in
            var path = "/v1/observations?survey=deep+survey&limit=1&%61fter=1"
            var ids: [String] = []
            while true {
                let reply = try await service.get(path)
                ids += try reply.column("id")
                guard let link = reply.headers["link"] else { break }
                path = String(link.dropFirst().prefix { $0 != ">" })
            }
            #expect(ids == ["2", "50294/VAST_1045-62", "a b", "a+b"])
        }
    }

    @Test("a time before all plans is told on the page, beside the form that asks for another")
    func early() async throws {
        try await RunningService.shared { service in
            for path in ["/map", "/sdcs", "/tiles", "/observations", "/sdcs/SDC-FR"] {
                let page = try await service.get(path + "?at=2026-12-01")
                #expect(page.status == 200, "\(path)")
                #expect(
                    page.text.contains(
                        "No published plan covers 2026-12-01: the first one begins at "
                            + "2027-01-04."), "\(path)")
                #expect(page.text.contains("value=\"2026-12-01\""), "\(path)")
                #expect(!page.text.contains("rel=\"alternate\""), "\(path)")
            }
            #expect(!(try await service.get("/map").text.contains("No published plan")))
        }
        // The present of the service is a day after the sample's start.
        try await RunningService.with([ServiceSample.plan(from: 7)]) { service in
            for path in ["/", "/map", "/sdcs", "/tiles"] {
                let page = try await service.get(path)
                #expect(
                    page.text.contains(
                        "No published plan covers the present, 2027-01-05: shown is what "
                            + "the plans in force assign, of which the first one begins at "
                            + "2027-01-11."), "\(path)")
                #expect(page.text.contains("SDC-IT"), "\(path)")
            }
        }
    }

    @Test("changes are listed from the first publication on where no time is asked for")
    func firstPublication() async throws {
        try await RunningService.shared { service in
            let page = try await service.get("/changes").text
            #expect(!page.contains("1970"))
            #expect(page.contains("<input name=\"since\" type=\"date\" value>"))
            let connection = try await Connection.open(service.database)
            let plans = try await SnapshotReader(connection).plans()
            await connection.close()
            let first = try #require(plans.first?.publishedAt)
            #expect(page.contains("Since the first publication, on \(first.date), "))
            #expect(page.matches(of: /<tr>/).count == 7)
        }
    }

    @Test("a superseded distribution names the one that took its place")
    func superseded() async throws {
        let second = ServiceSample.plan("second", primary: "SDC-IT")
        try await RunningService.with([ServiceSample.plan(), second]) { service in
            let page = try await service.get("/distributions/TEST/1").text
            #expect(page.contains(/Superseded by revision 2 on 2[0-9-]{9}; not in force\./))
            #expect(!(try await service.get("/distributions/TEST/2").text.contains("not in force")))
        }
    }
}
