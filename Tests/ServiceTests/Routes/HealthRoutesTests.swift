import Foundation
import PostgreSQL
import TestPostgreSQL
import Testing

@testable import Service

@Suite struct HealthRoutesTests {
    @Test("without its database the service is not ready, answers owners, and comes back by itself")
    func database() async throws {
        try await TestCluster.shared.withCatalogue { url in
            try await RunningService.publish(ServiceSample.plan(), url)
            try await RunningService.serve(url) { service in
                let observer = try await Connection.open(
                    url.replacing(/\/test_[0-9]+/, with: "/postgres"))
                let name = try #require(url.firstMatch(of: /\/(test_[0-9]+)/)?.1)
                func set(_ isOpen: Bool) async throws {
                    try await observer.run(
                        script: "ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isOpen)")
                }
                try await set(false)
                try await observer.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
                    String(name))
                try await service.until("/readyz", status: 503)
                #expect(try await service.get("/healthz").status == 200)
                #expect(try await service.get("/v1/observations/1/owner").status == 200)
                #expect(try await service.get("/v1/observations/1/history").status == 503)
                #expect(
                    try await service.get("/vosi/availability").text.contains(
                        "<available>false</available>"))
                #expect(try await service.get("/metrics").text.contains("sgs_catalogue_up 0"))
                try await set(true)
                try await service.until("/readyz", status: 200)
                #expect(try await service.get("/v1/observations/1/history").status == 200)
                await observer.close()
            }
        }
    }

    @Test("a session that the server has ended is replaced within the request")
    func lostSession() async throws {
        try await RunningService.with { service in
            let path = "/v1/observations/1/history"
            #expect(try await service.get(path).status == 200)
            let observer = try await Connection.open(service.database)
            try await observer.run(
                script: """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            for _ in 1...8 { #expect(try await service.get(path).status == 200) }
        }
    }

    @Test("requests are counted by route and status, never by what was sent")
    func metrics() async throws {
        try await RunningService.with { service in
            _ = try await service.get("/v1/tiles/secret/owner")
            let text = try await service.get("/metrics").text
            #expect(
                text.contains(
                    "sgs_http_requests_total{route=\"/v1/tiles/{id}/owner\",status=\"404\"} 1"))
            #expect(text.contains("sgs_http_request_duration_seconds_bucket{le=\"+Inf\"}"))
            #expect(text.contains("sgs_owned_items 6"))
            #expect(!text.contains("secret"))
        }
    }
}
