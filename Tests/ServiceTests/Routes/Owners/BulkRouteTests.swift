import Foundation
import Testing

@testable import Service

@Suite struct BulkRouteTests {
    private static let csv = ["content-type": "text/csv"]

    @Test("positions in CSV and JSON are answered in their order, those on no tile without one")
    func order() async throws {
        try await RunningService.with { service in
            let lines = "name,ra,dec\na,1.1,0\nb,90,0\nc,0.1,-0.1\n"
            let csv = try await service.send(
                "POST", "/v1/owner?format=csv", Self.csv, body: Data(lines.utf8))
            #expect(
                csv.text == """
                    ra,dec,tile,primary,secondary,coverage,revision
                    1.1,0.0,\(ServiceSample.equator(2)),SDC-IT,SDC-DE,covered,1
                    90.0,0.0,,,,,
                    0.1,-0.1,\(ServiceSample.equator(0)),SDC-FR,SDC-DE,covered,1

                    """)
            let json = try await service.send(
                "POST", "/v1/owner", ["content-type": "application/json"],
                body: Data("{\"positions\": [[1.1, 0], [0.1, -0.1]]}".utf8))
            #expect(try json.column("primary") == ["SDC-IT", "SDC-FR"])
        }
    }

    @Test("as many positions as are allowed are answered, one more is refused, as is a huge body")
    func limits() async throws {
        let limits = ServiceLimits(bodyBytes: 4000, positions: 100)
        try await RunningService.with(limits: limits) { service in
            func ask(_ count: Int) async throws -> RunningService.Reply {
                let body = "ra,dec\n" + String(repeating: "0.1,0\n", count: count)
                return try await service.send("POST", "/v1/owner", Self.csv, body: Data(body.utf8))
            }
            let blank = Data("ra,dec\r\n0.1,0\r\n\r\n".utf8)
            let lines = try await service.send("POST", "/v1/owner", Self.csv, body: blank)
            #expect(try lines.column("primary") == ["SDC-FR"])
            let most = try await ask(100)
            #expect(try most.column("primary").count == 100)
            #expect(try await ask(101).status == 413)
            #expect(try await ask(1000).status == 413)
        }
    }

    @Test("a long answer, sent as it is read, has the bytes of the whole table")
    func long() async throws {
        let limits = ServiceLimits(bodyBytes: 40_000, bytesUnderWay: 1000)
        try await RunningService.with(limits: limits) { service in
            let body = Data(("ra,dec\n" + String(repeating: "0.6,0.1\n", count: 1234)).utf8)
            for format in ["csv", "ecsv", "json", "votable"] {
                let reply = try await service.send(
                    "POST", "/v1/owner?format=" + format, Self.csv, body: body)
                #expect(reply.status == 200)
                let place = format == "json" ? "\"ra\": 0.6" : "0.6"
                #expect(reply.text.components(separatedBy: place).count == 1235)
                let ends = [
                    "csv": ",1\n", "ecsv": ",1\n", "json": "}\n", "votable": "/VOTABLE>\n",
                ]
                #expect(reply.text.hasSuffix(ends[format] ?? "?"), "\(reply.text.suffix(80))")
            }
        }
    }

    @Test("types count in any case, and charsets that are not UTF-8 are refused (fault 13)")
    func types() async throws {
        try await RunningService.with { service in
            let body = Data("ra,dec\n0.6,0.1\n".utf8)
            for (type, status) in [
                ("Text/CSV", 200), ("text/csv; Charset=\"UTF-8\"", 200),
                ("text/csv;charset=latin1", 415), ("text/csv; header=absent", 415),
            ] {
                let reply = try await service.send(
                    "POST", "/v1/owner", ["content-type": type], body: body)
                #expect(reply.status == status, "\(type): \(reply.text)")
            }
            let json = try await service.send(
                "POST", "/v1/owner", ["content-type": "Application/Json"],
                body: Data("{\"positions\": [[0.6, 0.1]]}".utf8))
            #expect(try json.column("primary") == ["SDC-FR"])
        }
    }

    @Test(
        "CSV is read as tables are: quoted, with a byte order mark, comments, units and other columns",
        arguments: [
            "\"ra\",\"dec\"\n\"1.1\",\"0\"\n", "\u{FEFF}ra,dec\n1.1,0\n",
            "\u{FEFF}# from a spreadsheet\r\n\"ra\",\"dec\"\r\n1.1,0\r\n",
            "note,\"a\n b\",ra,dec,note,\n\"x,\ny\",1, 1.1 ,0,z,\n",
            "# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n# - {name: ra, unit: arcmin, datatype: float64}\n# - {name: dec, datatype: float64}\nra,dec\n66,0\n",
        ])
    func tables(body: String) async throws {
        try await RunningService.shared { service in
            let reply = try await service.send(
                "POST", "/v1/owner", Self.csv, body: Data(body.utf8))
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try reply.column("tile") == [ServiceSample.equator(2)], "\(reply.text)")
        }
    }

    @Test(
        "a body that is no list of positions is refused where it goes wrong",
        arguments: [
            ("text/csv", "", 400, "line 1: expected a line of names with ra and dec"),
            ("text/csv", "ra,dec\n1,2\n1,x\n", 400, "line 3: expected ra and dec in degrees"),
            ("text/csv", "ra,dec\n1,91\n", 400, "line 2"),
            ("text/csv", "ra,dec,ra\n1,2,3\n", 400, "line 1: found 2 columns ra"),
            ("text/csv", "ra,dec\n1,2\n1\n", 400, "line 3: found 1 fields, expected 2"),
            ("text/csv", "ra,dec\n1,\"2\n", 400, "line 2: found a quote that is never closed"),
            ("text/csv", "r\u{0}a\u{0},\u{0}d\u{0}e\u{0}c\u{0}\n\u{0}", 400, "found UTF-16"),
            ("application/json", "{\"positions\": [[1, 2], [3]]}", 400, "position 1"),
            ("application/json", "[", 400, "expected {\"positions\""),
            ("text/plain", "ra,dec\n", 415, "expected a body of text/csv or application/json"),
        ])
    func wrong(_ type: String, _ body: String, _ status: Int, _ detail: String) async throws {
        try await RunningService.shared { service in
            let reply = try await service.send(
                "POST", "/v1/owner", ["content-type": type], body: Data(body.utf8))
            #expect(reply.status == status)
            #expect(try reply.member("detail")?.contains(detail) == true, "\(reply.text)")
        }
    }
}
