import Foundation
import Testing

@testable import Service

@Suite struct VOSIRoutesTests {
    @Test("capabilities name both cone searches and VOSI under the public address")
    func capabilities() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/vosi/capabilities")
            #expect(reply.headers["content-type"] == "application/xml")
            for text in [
                "ivo://ivoa.net/std/VOSI#availability", "ivo://ivoa.net/std/VOSI#capabilities",
                "https://archive.example/scs/tiles?",
                "https://archive.example/scs/observations?",
            ] { #expect(reply.text.contains(text)) }
        }
    }

    @Test("where there are several surveys, each has its cone searches")
    func severalSurveys() async throws {
        let plans = [ServiceSample.plan(), ServiceSample.plan("b", survey: "A&B")]
        try await RunningService.with(plans) { service in
            let text = try await service.get("/vosi/capabilities").text
            #expect(text.contains("/scs/tiles?survey=TEST&amp;</accessURL>"))
            #expect(text.contains("/scs/tiles?survey=A%26B&amp;</accessURL>"))
            let cone = try await service.get("/scs/tiles?survey=TEST&RA=0.25&DEC=0&SR=1")
            #expect(cone.text.contains("<TR>"))
        }
    }

    @Test("the service is available")
    func availability() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/vosi/availability")
            #expect(reply.text.contains("<available>true</available>"))
        }
    }
}
