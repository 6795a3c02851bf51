import Catalogue
import Foundation
import Planning
import PostgreSQL
import TestPostgreSQL
import Testing

@testable import Service

@Suite struct ItemRoutesTests {
    @Test("pages of a list follow one another by the Link header and hold each item once")
    func pages() async throws {
        try await RunningService.shared { service in
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
        try await RunningService.shared { service in
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
        try await RunningService.shared { service in
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
        try await RunningService.shared { service in
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

    @Test("what the plans in force no longer have is listed only where it is asked for")
    func dropped() async throws {
        let all = (0..<3).map(ServiceSample.equator)
        try await RunningService.with([
            ServiceSample.plan(over: "1"),
            ServiceSample.plan(
                "second", primary: "SDC-IT", tiles: 2, over: "1"),
        ]) { service in
            for (query, ids) in [
                ("", Array(all[..<2])), ("?at=2027-01-05", Array(all[..<2])),
                ("?status=in-force", Array(all[..<2])), ("?status=dropped", [all[2]]),
                ("?status=dropped&at=2027-01-05", [all[2]]), ("?status=all", all),
                ("?status=all&sdc=SDC-IT", all), ("?sdc=SDC-IT&role=secondary", []),
            ] {
                let reply = try await service.get("/v1/tiles" + query)
                #expect(try reply.column("id") == ids, "\(query)")
                #expect(reply.headers["x-total-count"] == "\(ids.count)", "\(query)")
                let page = try await service.get("/tiles" + query)
                #expect(page.text.matches(of: /<tr><td/).count == ids.count, "\(query)")
            }
            for (query, count) in [("", 2), ("&status=dropped", 1), ("&status=all", 3)] {
                let cone = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=90" + query)
                #expect(cone.text.matches(of: /<TR>/).count == count, "\(query)")
            }
            let reply = try await service.get("/v1/tiles?status=all")
            #expect(try reply.column("coverage") == ["covered", "covered", "dropped"])
            #expect(
                try await service.get("/v1/tiles").object()["description"] as? String
                    == "Centres and published ownership; without 1 that the plans in force no "
                    + "longer have (status=dropped).")
            let page = try await service.get("/tiles").text
            #expect(page.contains("1 to 2 of 2 tiles in force, by identifier."))
            #expect(page.contains("Not among them: 1 that were published"))
            #expect(
                page.contains("<a href=\"/tiles?survey=TEST&amp;status=dropped\">show them</a>"))
            let rest = try await service.get("/tiles?status=dropped").text
            #expect(rest.contains("<td class=\"short\">no longer</td>"))
        }
    }

    @Test("after a withdrawal as many are listed as the plan in force has")
    func withdrawn() async throws {
        let second = ServiceSample.plan("second", primary: "SDC-IT", more: ["3"])
        try await TestCluster.shared.withCatalogue { url in
            for plan in [ServiceSample.plan(), second] {
                try await RunningService.publish(plan, url)
            }
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).withdraw(
                WithdrawalRequest(
                    survey: ServiceSample.survey, digest: PlanDocument.encode(second).digest,
                    actor: "board", comment: "for a test"))
            await connection.close()
            try await RunningService.serve(url) { service in
                let ids = try await service.get("/v1/observations").column("id")
                #expect(ids == ["1", "2", "50294/VAST_1045-62"])
                let page = try await service.get("/observations").text
                #expect(page.contains("1 to 3 of 3 observations in force, by identifier."))
                let dropped = try await service.get("/v1/observations?status=dropped")
                #expect(try dropped.column("id") == ["3"])
            }
        }
    }

    @Test("identifiers are in natural order, in lists and in changes, on every page of them")
    func natural() async throws {
        let plan = ServiceSample.plan(more: ["10", "a10", "a9", "9", "18446744073709551616"])
        let order = [
            "1", "2", "9", "10", "50294/VAST_1045-62", "18446744073709551616", "a9", "a10",
        ]
        try await RunningService.with([plan]) { service in
            for start in ["/v1/observations?limit=3", "/v1/changes?since=2000-01-01&limit=3"] {
                var path: String? = start
                var found: [String] = []
                while let here = path {
                    let reply = try await service.get(here)
                    found += try reply.column("id")
                    path = reply.headers["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
                }
                #expect(Array(found.prefix(8)) == order, "\(start)")
            }
        }
    }
}
