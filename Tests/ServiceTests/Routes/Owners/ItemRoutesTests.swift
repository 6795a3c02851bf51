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

    @Test("a list can be had for one SDC in one role")
    func role() async throws {
        try await RunningService.with { service in
            let all = (0..<3).map(ServiceSample.equator)
            for (query, ids) in [
                ("sdc=SDC-DE&role=secondary", all), ("sdc=SDC-DE&role=primary", []),
                ("sdc=SDC-IT&role=primary", [all[2]]),
                ("sdc=SDC-FR&role=primary", Array(all[..<2])), ("role=primary", all),
            ] {
                let reply = try await service.get("/v1/tiles?" + query)
                #expect(try reply.column("id") == ids, "\(query)")
            }
            #expect(try await service.get("/v1/tiles?sdc=SDC-IT&role=third").status == 400)
        }
    }

    @Test("without a limit a list is whole; with one it says in every format what is missing")
    func complete() async throws {
        try await RunningService.with { service in
            let whole = try await service.get("/v1/tiles")
            #expect(try whole.column("id").count == 3)
            #expect(whole.headers["x-total-count"] == "3")
            #expect(whole.headers["link"] == nil)
            #expect(try whole.object()["total"] as? Int == 3)
            let next = "/v1/tiles?limit=2&format=FORMAT&after=" + ServiceSample.equator(1)
            for (format, words) in [
                ("json", ["\"total\": 3", "\"next\": \"NEXT\""]),
                ("ecsv", ["total: 3, next: \"NEXT\""]),
                (
                    "votable",
                    [
                        "<INFO name=\"QUERY_STATUS\" value=\"OK\"/>",
                        "</TABLE>\n<INFO name=\"next\" value=\"NEXT\"/>\n"
                            + "<INFO name=\"QUERY_STATUS\" value=\"OVERFLOW\"/>",
                    ]
                ), ("csv", []),
            ] {
                let part = try await service.get("/v1/tiles?limit=2&format=" + format)
                let place = next.replacing("FORMAT", with: format)
                #expect(part.headers["x-total-count"] == "3")
                #expect(part.headers["link"] == "<\(place)>; rel=\"next\"")
                let shown = format == "votable" ? place.replacing("&", with: "&amp;") : place
                for word in words {
                    #expect(part.text.contains(word.replacing("NEXT", with: shown)), "\(format)")
                }
            }
            let last = try await service.get("/v1/tiles?format=votable")
            #expect(last.text.contains("value=\"OK\"") && !last.text.contains("OVERFLOW"))
        }
    }
}
