import Foundation
import Testing

@testable import Service

@Suite struct BackendTests {
    @Test("every path that the description names is answered by the router")
    func routed() async throws {
        try await RunningService.shared { service in
            let document = try await service.get("/openapi.json").object()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: [String: any Sendable]])
            #expect(paths.count >= 20)
            for (path, operations) in paths {
                let address = path.replacing("{id}", with: "x").replacing("{survey}", with: "x")
                    .replacing("{revision}", with: "1")
                guard operations["get"] != nil, !path.hasSuffix("events") else { continue }
                let reply = try await service.get(address)
                #expect(!reply.text.contains("nothing at this address"), "\(path)")
                #expect([200, 400, 404].contains(reply.status), "\(path)")
            }
        }
    }

    @Test("each operation has a name of its own")
    func names() async throws {
        try await RunningService.shared { service in
            let document = try await service.get("/openapi.json").object()
            let paths = document["paths"] as? [String: [String: [String: any Sendable]]] ?? [:]
            let names = paths.values.flatMap {
                $0.values.compactMap { $0["operationId"] as? String }
            }
            #expect(names.count == Set(names).count)
            #expect(names.contains("get_v1_tiles_id_owner"))
        }
    }

    @Test(
        "attacks in addresses are answered as unknown or wrong, and nothing of them comes back raw",
        arguments: [
            "/../../etc/passwd", "/v1/tiles/..%2F..%2Fetc%2Fpasswd/owner",
            "/v1/tiles/'%20OR%201=1--/owner", "/v1/tiles/%00/owner",
            "/tiles/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/v1/tiles/a%0d%0aX-Evil:%201/owner",
            "/v1/owner?ra=1&dec=%3Cscript%3E", "/v1/changes?since=2027-01-01&after=%27;%20DROP",
            "/v1/tiles?after=%27;DROP%20TABLE%20sgs.item", "/v1/observations?sdc=%27%20OR%20%27",
            "/scs/tiles?RA=%3Cscript%3E&DEC=0&SR=1",
        ])
    func attacks(_ path: String) async throws {
        try await RunningService.shared { service in
            let reply = try await service.get(path)
            #expect([200, 400, 404].contains(reply.status))
            #expect(reply.headers["x-evil"] == nil)
            #expect(!reply.text.contains("root:"))
            if reply.headers["content-type"]?.hasPrefix("application/problem") != true {
                #expect(!reply.text.contains("<script"))
            }
            #expect(try await service.get("/v1/observations/1/owner").status == 200)
        }
    }
}
