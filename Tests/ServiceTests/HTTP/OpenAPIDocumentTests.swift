import Foundation
import Testing

@testable import Service

@Suite struct OpenAPIDocumentTests {
    @Test("every path that the description names is answered by the router")
    func routed() async throws {
        try await RunningService.with { service in
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
        try await RunningService.with { service in
            let document = try await service.get("/openapi.json").object()
            let paths = document["paths"] as? [String: [String: [String: any Sendable]]] ?? [:]
            let names = paths.values.flatMap {
                $0.values.compactMap { $0["operationId"] as? String }
            }
            #expect(names.count == Set(names).count)
            #expect(names.contains("get_v1_tiles_id_owner"))
        }
    }
}
