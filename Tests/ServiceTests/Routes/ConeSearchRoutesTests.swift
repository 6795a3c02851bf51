import Foundation
import Testing

@testable import Service

@Suite struct ConeSearchRoutesTests {
    @Test("a cone finds the tiles whose centres it holds, nearest first, with the standard's UCDs")
    func cone() async throws {
        try await RunningService.with { service in
            let reply = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=0.3")
            #expect(reply.headers["content-type"] == "text/xml;content=x-votable")
            let rows = reply.text.components(separatedBy: "<TR>").dropFirst()
            #expect(rows.count == 1)
            #expect(rows.first?.hasPrefix("<TD>\(ServiceSample.equator(1))</TD>") == true)
            for ucd in ["ID_MAIN", "POS_EQ_RA_MAIN", "POS_EQ_DEC_MAIN"] {
                #expect(reply.text.components(separatedBy: "ucd=\"\(ucd)\"").count == 2)
            }
            let all = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=180")
            #expect(all.text.components(separatedBy: "<TR>").count == 4)
            let observations = try await service.get("/scs/observations?RA=10&DEC=10&SR=0.1")
            #expect(observations.text.contains("50294/VAST_1045-62"))
        }
    }

    @Test("parameters that the standard does not know are ignored")
    func others() async throws {
        try await RunningService.with { service in
            let plain = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=0.3")
            let more = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=0.3&MAXREC=9&FOO=%20")
            #expect(more.status == 200)
            #expect(more.text == plain.text)
        }
    }

    @Test("SR=0 describes the columns, and VERB says how many there are")
    func verbosity() async throws {
        try await RunningService.with { service in
            var counts: [Int] = []
            for verbosity in 1...3 {
                let reply = try await service.get("/scs/tiles?RA=0&DEC=0&SR=0&VERB=\(verbosity)")
                #expect(!reply.text.contains("<TR>"))
                counts.append(reply.text.components(separatedBy: "<FIELD").count - 1)
            }
            #expect(counts == [3, 7, 11])
        }
    }

    @Test(
        "errors are VOTables with an INFO of name Error",
        arguments: [
            "RA=0&DEC=0", "RA=x&DEC=0&SR=1", "RA=0&DEC=95&SR=1", "RA=0&DEC=0&SR=-1",
            "RA=0&DEC=0&SR=1&VERB=9", "RA=&DEC=&SR=",
        ])
    func errors(_ query: String) async throws {
        try await RunningService.with { service in
            let reply = try await service.get("/scs/tiles?" + query)
            #expect(reply.status == 200)
            #expect(reply.text.contains("<INFO name=\"Error\" value=\""))
            #expect(!reply.text.contains("<TABLE"))
        }
    }

    @Test("a result that the limit cuts says so")
    func overflow() async throws {
        try await RunningService.with(limits: ServiceLimits(rows: 2)) { service in
            let reply = try await service.get("/scs/tiles?RA=0&DEC=0&SR=180")
            #expect(reply.text.contains("value=\"OVERFLOW\""))
            #expect(reply.text.components(separatedBy: "<TR>").count == 3)
        }
    }
}
