import Foundation
import Testing

@testable import Service

@Suite struct VOSIRoutesTests {
    @Test("capabilities name both cone searches and VOSI under the public address")
    func capabilities() async throws {
        try await RunningService.with { service in
            let reply = try await service.get("/vosi/capabilities")
            #expect(reply.headers["content-type"] == "application/xml")
            for text in [
                "ivo://ivoa.net/std/VOSI#availability", "ivo://ivoa.net/std/VOSI#capabilities",
                "https://archive.example/scs/tiles?",
                "https://archive.example/scs/observations?",
            ] { #expect(reply.text.contains(text)) }
        }
    }

    @Test("the service is available")
    func availability() async throws {
        try await RunningService.with { service in
            let reply = try await service.get("/vosi/availability")
            #expect(reply.text.contains("<available>true</available>"))
        }
    }
}
