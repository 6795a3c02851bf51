import PostgreSQL
import TestPostgreSQL
import Testing

@testable import Service

@Suite struct DatabaseSessionsTests {
    private static let path = "/v1/observations/1/history"

    @Test("a statement that takes too long is answered with 503, and nothing of the inside")
    func slow() async throws {
        let limits = ServiceLimits(statement: .milliseconds(100))
        try await RunningService.with(limits: limits) { service in
            let blocker = try await Connection.open(service.database)
            try await blocker.run(script: "BEGIN; LOCK sgs.assignment")
            let reply = try await service.get(Self.path)
            #expect(reply.status == 503)
            #expect(reply.headers["retry-after"] == "30")
            #expect(
                try reply.member("detail")
                    == "the catalogue did not answer in time; try again later")
            #expect(!reply.text.contains("statement") && !reply.text.contains("57014"))
            try await blocker.run(script: "ROLLBACK")
            await blocker.close()
            // On a busy machine a statement may take longer than the limit without a lock.
            while try await service.get(Self.path).status != 200 { try Task.checkCancellation() }
        }
    }

    @Test("a database that is lost in the middle of a request is answered with 503")
    func lost() async throws {
        try await TestCluster.shared.withCatalogue { url in
            try await RunningService.publish(ServiceSample.plan(), url)
            try await RunningService.serve(url) { service in
                let administrator = try await Connection.open(
                    url.replacing(/\/test_[0-9]+/, with: "/postgres"))
                let name = String(try #require(url.firstMatch(of: /\/(test_[0-9]+)/)?.1))
                let blocker = try await Connection.open(url)
                let process = try await blocker.query("SELECT pg_backend_pid() AS process")[0]
                    .decode("process", as: Int.self)
                try await blocker.run(script: "BEGIN; LOCK sgs.assignment")
                async let asked = service.get(Self.path)
                let waiting = """
                    SELECT pid FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'
                    """
                while try await administrator.query(waiting, name).isEmpty {
                    try Task.checkCancellation()
                }
                try await administrator.run(
                    script: "ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
                // Without the lock what waits for it would be answered before its end.
                try await administrator.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = $1 AND pid <> $2
                    """, name, process)
                let reply = try await asked
                await blocker.close()
                #expect(reply.status == 503)
                #expect(reply.headers["retry-after"] == "5")
                #expect(
                    try reply.member("detail")
                        == "the catalogue cannot be reached; try again later")
                try await administrator.run(
                    script: "ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
                await administrator.close()
            }
        }
    }
}
