import Documents
import Foundation
import Tables
import Testing

@testable import WebService

@Suite struct OpenAPIDocumentTests {
    private static func document() throws -> [String: any Sendable] {
        let document = OpenAPIDocument(info: ["title": "Sample"], routes: SampleRoutes.all)
        let text = document.json.encoded
        #expect(
            text.hasPrefix(
                "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Sample\"}, \"paths\": {\"/healthz\":"
            ))
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return json as? [String: any Sendable] ?? [:]
    }

    private static func operation(
        _ path: String, _ method: String
    ) throws -> [String: any Sendable] {
        let paths = try document()["paths"] as? [String: [String: [String: any Sendable]]]
        return try #require(paths?[path]?[method])
    }

    @Test("routes of one path stand together, each operation under a name of its own")
    func names() throws {
        let get = try Self.operation("/v1/owner", "get")
        let post = try Self.operation("/v1/owner", "post")
        #expect(get["operationId"] as? String == "get_v1_owner")
        #expect(post["operationId"] as? String == "post_v1_owner")
        #expect(get["requestBody"] == nil)
        #expect((post["requestBody"] as? [String: any Sendable])?["required"] as? Bool == true)
        let tile = try Self.operation("/v1/tiles/{id}/owner", "get")
        #expect(tile["operationId"] as? String == "get_v1_tiles_id_owner")
    }

    @Test("a route tells of its own problems before those of its parameters")
    func problems() throws {
        let operation = try Self.operation("/v1/tiles/{id}/owner", "get")
        let responses = operation["responses"] as? [String: [String: any Sendable]] ?? [:]
        #expect(responses.keys.sorted() == ["200", "400", "404", "406"])
        #expect(responses["404"]?["description"] as? String == "No such tile. No such survey.")
    }

    @Test("a parameter is described by its place, its kind and what it takes")
    func parameters() throws {
        let operation = try Self.operation("/v1/owner", "get")
        let parameters = operation["parameters"] as? [[String: any Sendable]] ?? []
        #expect(parameters.compactMap { $0["name"] as? String } == ["ra", "dec", "at", "format"])
        let schemas = parameters.compactMap { $0["schema"] as? [String: any Sendable] }
        #expect(schemas[0]["minimum"] as? Int == -360)
        #expect(schemas[0]["maximum"] as? Int == 360)
        #expect(schemas[2]["format"] as? String == "hour")
        #expect(schemas[3]["enum"] as? [String] == TableFormat.allCases.map(\.rawValue))
        #expect(parameters[0]["required"] as? Bool == true)
        #expect(parameters[2]["required"] as? Bool == false)
    }
}
