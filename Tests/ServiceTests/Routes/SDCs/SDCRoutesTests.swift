import Catalogue
import Foundation
import Planning
import PostgreSQL
import Testing

@testable import Service

@Suite struct SDCRoutesTests {
    @Test("the SDCs are listed with what each holds, also those that hold nothing")
    func list() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/v1/sdcs?format=csv")
            #expect(
                reply.text == """
                    sdc,primary_observations,secondary_observations,primary_tiles,secondary_tiles
                    SDC-DE,0,3,0,3
                    SDC-FR,3,0,2,0
                    SDC-IT,0,0,1,0

                    """)
        }
    }

    @Test("what the plans in force no longer have, or have at another time, counts for no SDC")
    func dropped() async throws {
        let plans = [
            ServiceSample.plan(over: "1"),
            ServiceSample.plan("second", tiles: 2, over: "1"),
        ]
        try await RunningService.with(plans) { service in
            let counts = { (path: String) async throws in
                try await service.get(path + "&format=csv").text.split(separator: "\n")
                    .map { $0.split(separator: ",").suffix(2).joined(separator: ",") }.dropFirst()
            }
            #expect(try await counts("/v1/sdcs?survey=TEST") == ["0,2", "2,0", "0,0"])
            #expect(try await counts("/v1/sdcs?at=2027-01-05") == ["0,2", "2,0", "0,0"])
            let early = try await service.get("/v1/sdcs?at=2026-12-01")
            #expect(early.status == 404)
            #expect(early.text.contains("2027-01-04T00:00:00Z"))
            let tile = ServiceSample.equator(2)
            let owner = try await service.get("/v1/tiles/\(tile)/owner?at=2027-01-05")
            #expect(owner.status == 404)
            #expect(owner.text.contains("no longer have this tile"))
            #expect(
                try await service.get("/v1/tiles/\(tile)/owner").member("coverage") == "dropped")
            let asked = try await service.get("/v1/tiles?at=2027-01-05")
            #expect(try asked.column("id").contains(tile) == false)
            let moc = try await service.get("/v1/sdcs/SDC-IT/moc?format=ascii")
            #expect(moc.text.trimmingCharacters(in: .whitespacesAndNewlines) == "10/")
        }
    }

    @Test("a plan that was withdrawn does not widen the span")
    func withdrawn() async throws {
        let early = ServiceSample.plan("early")
        try await RunningService.with([ServiceSample.plan(from: 30), early]) { service in
            #expect(try await service.get("/v1/sdcs?at=2027-01-05").status == 200)
            let store = PlanStore(try await Connection.open(service.database))
            _ = try await store.withdraw(
                WithdrawalRequest(
                    survey: ServiceSample.survey, digest: PlanDocument.encode(early).digest,
                    actor: "tester", comment: "undo"))
            try await service.until("/v1/sdcs?at=2027-01-05", status: 404)
            let reply = try await service.get("/v1/sdcs?at=2027-01-05")
            #expect(reply.text.contains("2027-02-03T00:00:00Z"))
        }
    }

    @Test("one SDC is told with its capacity and what it holds")
    func one() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/v1/sdcs/SDC-FR")
            #expect(try reply.member("name") == "SDC-FR <name>")
            #expect(try reply.object()["cores"] as? Double == 100)
            #expect(try reply.object()["primary_tiles"] as? Int == 2)
            #expect(try await service.get("/v1/sdcs/SDC-XX").status == 404)
            #expect(try await service.get("/v1/tiles?sdc=SDC-XX").status == 404)
        }
    }

    @Test("an SDC's load is told by bucket, with capacity and availability")
    func load() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/v1/sdcs/SDC-FR/load")
            #expect(try reply.column("week") == ["2027-01-04", "2027-01-11"])
            #expect(try reply.column("utilisation") == ["0.25", "0.5"])
            let week = try await service.get("/v1/sdcs/SDC-FR/load?week=2027-01-12&format=csv")
            #expect(
                week.text.split(separator: "\n").last
                    == "first,1,2027-01-11,7.0,3,2,60.0,40.0,120.0,0.5,1.0")
            #expect(try await service.get("/v1/sdcs/SDC-XX/load").status == 404)
        }
    }

    @Test("the calendar's lines are folded, its texts escaped and its identifiers stable")
    func calendar() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/v1/sdcs/SDC-FR/calendar.ics")
            #expect(reply.headers["content-type"] == "text/calendar; charset=utf-8")
            let lines = reply.text.components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })
            let unfolded = reply.text.replacingOccurrences(of: "\r\n ", with: "")
            #expect(unfolded.contains("SUMMARY:Cooling\\; pumps\\, and a summary"))
            let uids = unfolded.components(separatedBy: "\r\n").filter { $0.hasPrefix("UID:") }
            #expect(
                uids == [
                    "UID:SDC-FR-1@sgs.example",
                    "UID:load-TEST-SDC-FR-2027-01-04", "UID:load-TEST-SDC-FR-2027-01-11",
                ])
            #expect(unfolded.contains("SUMMARY:25% of capacity: 3 observations\\, 2 tiles"))
        }
    }
}
