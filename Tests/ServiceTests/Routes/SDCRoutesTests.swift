import Foundation
import Testing

@testable import Service

@Suite struct SDCRoutesTests {
    @Test("the SDCs are listed with what each holds, also those that hold nothing")
    func list() async throws {
        try await RunningService.with { service in
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

    @Test("an SDC's load is told by bucket, with capacity and availability")
    func load() async throws {
        try await RunningService.with { service in
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
        try await RunningService.with { service in
            let reply = try await service.get("/v1/sdcs/SDC-FR/calendar.ics")
            #expect(reply.headers["content-type"] == "text/calendar; charset=utf-8")
            let lines = reply.text.components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })
            let unfolded = reply.text.replacingOccurrences(of: "\r\n ", with: "")
            #expect(unfolded.contains("SUMMARY:Cooling\\; pumps\\, and a summary"))
            let uids = unfolded.components(separatedBy: "\r\n").filter { $0.hasPrefix("UID:") }
            #expect(
                uids == [
                    "UID:SDC-FR-1@sgs.example/20270105T000000Z",
                    "UID:load-TEST-SDC-FR-2027-01-04", "UID:load-TEST-SDC-FR-2027-01-11",
                ])
            #expect(unfolded.contains("SUMMARY:25% of capacity: 3 observations\\, 2 tiles"))
        }
    }
}
