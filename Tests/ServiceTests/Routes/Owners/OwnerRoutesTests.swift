import Catalogue
import Foundation
import GroundSegment
import PostgreSQL
import SkyGeometry
import Testing

@testable import Service

@Suite struct OwnerRoutesTests {
    @Test("a tile's, an observation's and a position's owner carry plan and validity")
    func owners() async throws {
        try await RunningService.shared { service in
            let tile = ServiceSample.equator(1)
            for path in [
                "/v1/tiles/\(tile)/owner", "/v1/observations/50294%2FVAST_1045-62/owner",
                "/v1/owner?ra=0.6&dec=0.1",
            ] {
                let reply = try await service.get(path)
                #expect(reply.status == 200, "\(path)")
                #expect(try reply.member("primary") == "SDC-FR")
                #expect(try reply.member("secondary") == "SDC-DE")
                #expect(try reply.member("plan") == "first")
                #expect(try reply.member("valid_from") == "2027-01-04T00:00:00Z")
                #expect(try reply.member("coverage") == "covered")
                #expect(try reply.object()["revision"] as? Int == 1)
            }
            #expect(try await service.get("/v1/owner?ra=0.6&dec=0.1").member("id") == tile)
        }
    }

    @Test("a position on no tile is answered with the nearest tile")
    func noTile() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/v1/owner?ra=358&dec=0")
            #expect(reply.status == 404)
            #expect(reply.headers["content-type"] == "application/problem+json")
            let nearest = try reply.object()["nearest"] as? [String: any Sendable]
            #expect(nearest?["tile"] as? String == ServiceSample.equator(0))
            #expect(try await service.get("/v1/tiles/none/owner").status == 404)
        }
    }

    @Test("a time that no plan covers is answered with the span, and with the newest plan unasked")
    func span() async throws {
        try await RunningService.with([ServiceSample.plan(from: 30)]) { service in
            let path = "/v1/observations/1/owner"
            let reply = try await service.get(path + "?at=2026-12-01")
            #expect(reply.status == 404)
            let span = try reply.object()["span"] as? [String: any Sendable]
            #expect(span?["from"] as? String == "2027-02-03T00:00:00Z")
            #expect(span?["until"] is NSNull)
            #expect(try await service.get(path + "?at=2027-02-03").status == 200)
            #expect(try await service.get(path).member("coverage") == "newestPlan")
        }
    }

    @Test("the time of ownership chooses the plan, and the time of knowledge brings back the past")
    func times() async throws {
        try await RunningService.with([
            ServiceSample.plan(), ServiceSample.plan("second", from: 14, primary: "SDC-IT"),
        ]) { service in
            let path = "/v1/tiles/\(ServiceSample.equator(0))/owner"
            #expect(try await service.get(path + "?at=2027-01-17").member("primary") == "SDC-FR")
            let second = try await service.get(path + "?at=2027-01-18T00:00:00Z")
            #expect(try second.member("primary") == "SDC-IT")
            let past = try await service.get(path + "?at=2027-01-18&as_of=2000-01-01")
            #expect(past.status == 404)
            let now = try await service.get(path + "?at=2027-01-18&as_of=2200-01-01")
            #expect(try now.member("primary") == "SDC-IT")
            let published = try #require(try second.member("published_at"))
            let then = try await service.get(path + "?at=2027-01-18&as_of=\(published)")
            #expect(try then.member("primary") == "SDC-IT")
            let changes = try await service.get("/v1/changes?since=\(published)")
            #expect(try changes.column("revision").allSatisfy { $0 == "2" })
            #expect(try !changes.column("revision").isEmpty)
        }
    }

    @Test(
        "wrong parameters are refused by name",
        arguments: [
            ("/v1/owner?ra=1", "parameter dec is missing"),
            ("/v1/owner?ra=400&dec=0", "ra: found \"400\", expected a number from -360.0 to 360.0"),
            ("/v1/owner?ra=nan&dec=0", "parameter ra"), ("/v1/owner?ra=1&ra=2&dec=0", "twice"),
            ("/v1/owner?ra=1&dec=0&x=1", "unknown parameter x, expected only ra, dec, at"),
            ("/v1/owner?ra=1&dec=0&at=today", "expected an ISO 8601 date"),
            ("/v1/owner?ra=1&dec=0&format=xml", "expected one of csv, ecsv, votable, json"),
            ("/v1/owner?ra=%ff&dec=0", "percent-encoded"),
        ])
    func wrong(_ path: String, _ detail: String) async throws {
        try await RunningService.shared { service in
            let reply = try await service.get(path)
            #expect(reply.status == 400)
            #expect(try reply.member("detail")?.contains(detail) == true, "\(reply.text)")
        }
    }

    @Test("of several surveys one has to be named, and each answers for itself")
    func surveys() async throws {
        try await RunningService.with([
            ServiceSample.plan(), ServiceSample.plan(survey: "OTHER", primary: "SDC-IT"),
        ]) { service in
            let reply = try await service.get("/v1/observations/1/owner")
            #expect(reply.status == 404)
            #expect(try reply.object()["surveys"] as? [String] == ["OTHER", "TEST"])
            for (survey, sdc) in [("TEST", "SDC-FR"), ("OTHER", "SDC-IT")] {
                let reply = try await service.get("/v1/observations/1/owner?survey=\(survey)")
                #expect(try reply.member("primary") == sdc)
            }
            #expect(try await service.get("/v1/observations/1/owner?survey=X").status == 404)
        }
    }

    @Test("the answers are those of the catalogue, also where the snapshot has many edges")
    func likeTheStore() async throws {
        try await RunningService.shared { service in
            let connection = try await Connection.open(service.database)
            let store = OwnershipStore(connection)
            for ra in stride(from: -0.5, through: 2, by: 0.125) {
                for dec in [-0.25, -0.25.nextDown, 0, 0.25.nextDown, 0.25] {
                    let tile = try await store.tile(
                        at: SkyPosition(ra: ra, dec: dec), survey: ServiceSample.survey)
                    let reply = try await service.get("/v1/owner?ra=\(ra)&dec=\(dec)")
                    #expect(try reply.member("id") == tile?.text, "\(ra) \(dec)")
                }
            }
        }
    }

    @Test("where the data are is told beside the owners until these have them")
    func dataPlaces() async throws {
        try await RunningService.with { service in
            let connection = try await Connection.open(service.database)
            let queue = OrderQueue(connection)
            let late = ServiceSample.start + 100
            let path = "/v1/observations/1/owner"
            func places() async throws -> String? { try await service.get(path).member("data_at") }
            /// Has the service look again, and waits for what it finds.
            func becomes(_ expected: String?) async throws -> Bool {
                try await connection.query(
                    "SELECT pg_notify($1, 'TEST')", PublicationChannel.name)
                let end = ContinuousClock.now + .seconds(60)
                while try await places() != expected {
                    guard ContinuousClock.now < end else { return false }
                    try await Task.sleep(for: .milliseconds(20))
                }
                return true
            }
            #expect(try await places() == nil)
            let first = try await service.get(path)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: late, runner: "r")
            let order = try #require(orders.first)
            #expect(order.item == .observation("1"))
            let window = TimeWindow(start: late, end: late)
            func replica(to sdc: ID<SDC>) -> Transfer {
                Transfer(
                    product: "raw", from: "SDC-FR", to: sdc, purpose: .replica, bytes: 12,
                    order: order.id, window: window)
            }
            try await queue.report(
                OrderReport(
                    order: order.id, sdc: "SDC-FR", event: .complete, attempt: 1, steps: [],
                    products: [
                        Product(
                            name: "raw", item: order.item, order: order.id, bytes: 12,
                            sha256: String(repeating: "0a", count: 32), madeFrom: [])
                    ], transfers: [], window: window))
            #expect(try await becomes("SDC-FR"))
            let page = try await service.get("/observations/1")
            #expect(page.text.contains("Data at"))
            let tagged = try await service.get(path)
            #expect(tagged.headers["etag"] != first.headers["etag"])
            try await queue.record(replica(to: "SDC-DE"))
            #expect(try await becomes(nil))
            #expect(try await !service.get("/observations/1").text.contains("Data at"))
            try await RunningService.publish(
                ServiceSample.plan("second", primary: "SDC-IT"), service.database)
            #expect(try await becomes("SDC-DE, SDC-FR"))
            #expect(try await service.get(path).member("primary") == "SDC-IT")
            let known = try await service.get(path + "?as_of=2200-01-01")
            #expect(try known.member("data_at") == "SDC-DE, SDC-FR")
            try await queue.record(replica(to: "SDC-IT"))
            #expect(try await becomes(nil))
        }
    }
}
