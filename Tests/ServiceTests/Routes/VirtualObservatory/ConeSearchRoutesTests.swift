import Foundation
import Testing

@testable import Service

@Suite struct ConeSearchRoutesTests {
    @Test("a cone finds the tiles whose centres it holds, nearest first, with the standard's UCDs")
    func cone() async throws {
        try await RunningService.shared { service in
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
        try await RunningService.shared { service in
            let plain = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=0.3")
            let more = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=0.3&MAXREC=9&FOO=%20")
            #expect(more.status == 200)
            #expect(more.text == plain.text)
        }
    }

    @Test("SR=0 describes the columns, and VERB says how many there are")
    func verbosity() async throws {
        try await RunningService.shared { service in
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
            "RA=0&DEC=0&SR=1&VERB=9", "RA=&DEC=&SR=", "", "RA=0&DEC=0&SR=181", "RA=361&DEC=0&SR=1",
            "RA=0&DEC=0&SR=1&survey=none", "RA=0&DEC=0&SR=1&survey=", "RA=0&DEC=0&SR=1&at=today",
            "RA=0&DEC=0&SR=1&status=lost",
            "RA=0&RA=0&DEC=0&SR=1", "RA=0&ra=0&DEC=0&SR=1", "RA=%&DEC=0&SR=1", "RA=0&DEC=0&SR=%ff",
            "RA=0&DEC=0&SR=nan", "RA=0,0&DEC=0&SR=1", "RA=0&DEC=0&SR=1&VERB=1.0",
        ])
    func errors(_ query: String) async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/scs/tiles?" + query)
            #expect(reply.status == 200)
            #expect(reply.text.contains("<INFO name=\"Error\" value=\""))
            #expect(!reply.text.contains("<TABLE"))
        }
    }

    @Test("a fault that no parameter makes is told in the same form, under its own status")
    func faults() async throws {
        try await RunningService.shared { service in
            for (method, path, status) in [
                ("POST", "/scs/tiles?RA=0&DEC=0&SR=1", 405), ("DELETE", "/scs/observations", 405),
            ] {
                let reply = try await service.send(method, path)
                #expect(reply.status == status)
                #expect(reply.headers["allow"] == "GET, HEAD")
                #expect(reply.headers["content-type"] == "text/xml;content=x-votable")
                #expect(reply.text.contains("<INFO name=\"Error\" value=\"this address takes GET"))
            }
        }
        let plans = [ServiceSample.plan(tiles: 400)]
        let limits = ServiceLimits(bytesUnderWay: 1000)
        try await RunningService.with(plans, limits: limits) { service in
            let reply = try await service.get("/scs/tiles?RA=0&DEC=0&SR=180&VERB=3")
            #expect(reply.status == 200)
            let busy = ConeSearchDocument.failure(.busy)
            #expect(busy.status == .serviceUnavailable)
            #expect(busy.text.contains("<INFO name=\"Error\" value=\"the service has as many"))
        }
    }

    @Test("names count in any case, a plus in a number as none, and a space as a plus")
    func names() async throws {
        try await RunningService.shared { service in
            let plain = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=0.3&VERB=1")
            #expect(plain.text.contains("<TR>"))
            for query in [
                "ra=0.8&dec=0&sr=0.3&verb=1", "Ra=+0.8&Dec=+0&SR=3e-1&VERB=1",
                "RA=%2B0.8&DEC=0&SR=0.3&Verb=1&Survey=TEST",
            ] {
                #expect(try await service.get("/scs/tiles?" + query).text == plain.text)
            }
        }
    }

    @Test("text beyond ASCII is unicodeChar, in its column alone")
    func unicode() async throws {
        let plan = ServiceSample.plan(survey: "Zürich µ", more: ["observé ★"])
        try await RunningService.with([plan]) { service in
            let reply = try await service.get(
                "/scs/observations?RA=10&DEC=10&SR=1&VERB=1&survey=Z%C3%BCrich+%C2%B5")
            #expect(reply.text.contains("<TD>observé ★</TD>"))
            #expect(
                reply.text.contains(
                    "name=\"id\" ucd=\"ID_MAIN\" datatype=\"unicodeChar\" arraysize"))
            let all = try await service.get("/scs/observations?RA=10&DEC=10&SR=1&VERB=3")
            #expect(all.text.components(separatedBy: "unicodeChar").count == 2)
            let tiles = try await service.get("/scs/tiles?RA=0.8&DEC=0&SR=1&VERB=3")
            #expect(!tiles.text.contains("unicodeChar"))
            #expect(tiles.text.contains("name=\"id\" ucd=\"ID_MAIN\" datatype=\"char\" arraysize"))
            let table = try await service.get("/v1/observations?format=votable")
            #expect(table.text.contains("datatype=\"unicodeChar\" arraysize=\"*\""))
            #expect(!table.text.contains("datatype=\"char\""))
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
