import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct RunnerRegistryTests {
    private func withRegistry(
        _ body: @Sendable (RunnerRegistry, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            try await body(RunnerRegistry(connection), connection)
        }
    }

    private static func register(
        _ registry: RunnerRegistry, _ folder: String, host: String = "h"
    ) async throws -> RunnerLease {
        try await registry.register(sdc: "SDC-FR", host: host, folder: folder, process: 7)
    }

    @Test("a second runner is told who serves the SDC, until that one ends")
    func second() async throws {
        try await withRegistry { registry, _ in
            let lease = try await Self.register(registry, "/a")
            #expect(lease.token == 1)
            for (host, folder) in [("h", "/b"), ("i", "/a")] {
                let error = await catalogueError {
                    try await Self.register(registry, folder, host: host)
                }
                #expect(error?.code == .runnerServes)
                #expect(error?.code.exitStatus == .busy)
                #expect(
                    error?.message.hasPrefix(
                        "another runner serves SDC-FR: process 7 on h, state in /a, since ")
                        == true)
            }
            try await registry.renew(lease)
            let runner = try #require(try await registry.runners(sdc: "SDC-FR").first)
            #expect(runner.presence == .present)
            #expect(runner.lastSign >= runner.since)
            try await registry.end(lease)
            guard case .ended = try await registry.runners()[0].presence else {
                Issue.record("it has not ended")
                return
            }
            #expect(await catalogueError { try await registry.renew(lease) } != nil)
            #expect(try await Self.register(registry, "/b").token == 2)
        }
    }

    @Test("a runner that starts again in its folder has the lease at once, the old one none")
    func again() async throws {
        try await withRegistry { registry, _ in
            let first = try await Self.register(registry, "/a")
            let second = try await Self.register(registry, "/a")
            #expect(second.token == 2)
            #expect(
                await catalogueError { try await registry.renew(first) }?.code == .runnerServes)
            try await registry.end(first)
            try await registry.renew(second)
        }
    }

    @Test("a lease that ran out goes to the next; its runner keeps it while nobody wants it")
    func runOut() async throws {
        try await withRegistry { registry, connection in
            let first = try await Self.register(registry, "/a")
            let anHourAgo = """
                UPDATE sgs.runner
                SET since = since - interval '1 h', last_sign = last_sign - interval '1 h'
                """
            try await connection.query(anHourAgo)
            #expect(try await registry.runners().map(\.state) == ["silent"])
            #expect(try await registry.runners().map(\.text) == ["no sign since 60 min"])
            try await registry.renew(first)
            #expect(try await registry.runners().map(\.presence) == [.present])
            try await connection.query(anHourAgo)
            let second = try await Self.register(registry, "/b")
            let queue = OrderQueue(connection, lease: first)
            let error = await catalogueError {
                try await queue.take(
                    sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            }
            #expect(error?.code == .runnerServes)
            try await registry.renew(second)
        }
    }

    @Test("of eight runners that register at once one gets the lease")
    func concurrent() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let leases = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 1...8 {
                    group.addTask {
                        let registry = RunnerRegistry(try await Connection.open(url))
                        let error = await catalogueError {
                            try await Self.register(registry, "/\(number)")
                        }
                        return error == nil
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(leases == 1)
        }
    }

    @Test("an SDC that no distribution has is refused, but not where there is none")
    func unknown() async throws {
        try await withRegistry { registry, connection in
            try await registry.check("SDC-RF")
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await registry.check("SDC-FR")
            let error = await catalogueError { try await registry.check("SDC-RF") }
            #expect(error?.code == .unknownItem)
            #expect(
                error?.message
                    == "SDC-RF is not in the catalogue; known are SDC-DE, SDC-ES, SDC-FR, SDC-IT")
        }
    }
}
