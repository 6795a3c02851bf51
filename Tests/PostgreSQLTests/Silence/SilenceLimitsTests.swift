import Foundation
import PostgreSQL
import TestPostgreSQL
import Testing

/// Sessions behind a proxy that keeps them and passes nothing on.
@Suite struct SilenceLimitsTests {
    private static let limits = SilenceLimits(
        silence: .milliseconds(200), answer: .seconds(2), idle: .milliseconds(200),
        cancellation: .milliseconds(50))
    private static let options = ConnectionOptions(connectTimeout: 60, limits: limits)

    private func withProxy(
        _ body: @Sendable (StoppingProxy, _ behind: String, _ direct: String) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withDatabase { url in
            let proxy = try StoppingProxy(before: url)
            defer { proxy.close() }
            try await body(proxy, proxy.url(url), url)
        }
    }

    @Test("the default limits add up to less than 30 s, whatever the session waits for")
    func defaults() {
        let limits = SilenceLimits()
        #expect(limits.silence * 1.5 + limits.answer * 2 < .seconds(30))
        #expect(limits.idle + limits.answer < .seconds(30))
        #expect(ConnectionOptions().connectTimeout < 30)
    }

    @Test(
        "a statement that is never answered is given up, where nobody can connect and where others can",
        arguments: [StoppingProxy.Stopped.everything, .connectionsSoFar])
    func statement(_ what: StoppingProxy.Stopped) async throws {
        try await withProxy { proxy, behind, _ in
            let connection = try await Connection.open(behind, options: Self.options)
            #expect(try await connection.query("SELECT 1 AS one")[0].decode("one") == 1)
            proxy.stop(what)
            let error = await failure { try await connection.query("SELECT 1") }
            #expect(error?.code == .connectionLost)
            #expect(error?.message.hasPrefix("nothing has come from the server for") == true)
            #expect(
                await failure { try await connection.query("SELECT 1") }?.code == .connectionLost)
        }
    }

    @Test(
        "a statement that waits for a lock is not taken for lost, however often it is asked after")
    func longStatement() async throws {
        try await withProxy { proxy, behind, direct in
            let blocker = try await Connection.open(direct)
            try await blocker.run(script: "CREATE TABLE held (n int)")
            try await blocker.run(script: "BEGIN; LOCK TABLE held")
            let connection = try await Connection.open(behind, options: Self.options)
            async let counted = connection.query("SELECT count(*) AS n FROM held")
            await proxy.accepted(5)
            try await blocker.run(script: "COMMIT")
            let rows = try await counted
            #expect(try rows[0].decode("n") == 0)
        }
    }

    @Test("one that waits for a notification hears that the server is gone")
    func listener() async throws {
        try await withProxy { proxy, behind, direct in
            let connection = try await Connection.open(behind, options: Self.options)
            var iterator = try await connection.listen(on: "orders").makeAsyncIterator()
            let sender = try await Connection.open(direct)
            try await sender.query("SELECT pg_notify('orders', 'one')")
            #expect(try await iterator.next()?.payload == "one")
            proxy.stop(.everything)
            let error = await failure { try await iterator.next() }
            #expect(error?.code == .connectionLost)
        }
    }

    @Test(
        "a COPY whose rows go nowhere is given up",
        arguments: [StoppingProxy.Stopped.everything, .connectionsSoFar])
    func copy(_ what: StoppingProxy.Stopped) async throws {
        try await withProxy { proxy, behind, _ in
            let connection = try await Connection.open(behind, options: Self.options)
            try await connection.run(script: "CREATE TABLE held (n int, t text)")
            let error = await failure {
                try await connection.copy(into: "held", columns: ["n", "t"]) { writer in
                    for n in 1...100_000 {
                        try writer.write(n, "a tile")
                        if n == 50_000 { proxy.stop(what) }
                    }
                }
            }
            #expect(error?.code == .connectionLost)
        }
    }

    @Test("a server that ends the session during a COPY has lost it")
    func copyEnded() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let other = try await Connection.open(url)
            try await connection.run(script: "CREATE TABLE held (n int)")
            let process = await connection.serverProcess
            async let loaded = failure {
                try await connection.copy(into: "held", columns: ["n"]) { writer in
                    while true { try writer.write(1) }
                }
            }
            try await waitUntil {
                try await other.query(
                    "SELECT FROM pg_stat_activity WHERE pid = $1 AND query LIKE 'COPY%'", process
                ).count == 1
            }
            try await other.query("SELECT pg_terminate_backend($1)", process)
            let error = await loaded
            #expect(error?.code == .connectionLost)
        }
    }

    @Test("connecting to what never answers ends at once with its task")
    func connecting() async throws {
        try await withProxy { proxy, behind, _ in
            proxy.stop(.everything)
            let connecting = Task {
                try await Connection.open(behind, options: Self.options)
            }
            await proxy.accepted(1)
            connecting.cancel()
            await #expect(throws: CancellationError.self) { _ = try await connecting.value }
        }
    }

    @Test("connecting to what never answers is a failure after the time that is given for it")
    func connectTimeout() async throws {
        try await withProxy { proxy, behind, _ in
            proxy.stop(.everything)
            let error = await failure {
                try await Connection.open(behind, options: ConnectionOptions(connectTimeout: 1))
            }
            #expect(error?.code == .connectionFailed)
            #expect(error?.message.contains("timeout expired") == true)
        }
    }

    @Test("a statement that waits for a lock ends with its task, and frees the server")
    func cancelled() async throws {
        try await TestCluster.shared.withDatabase { url in
            let blocker = try await Connection.open(url)
            try await blocker.run(script: "CREATE TABLE held (n int)")
            try await blocker.run(script: "BEGIN; LOCK TABLE held")
            let connection = try await Connection.open(url, options: Self.options)
            let process = await connection.serverProcess
            let waiting = Task { try await connection.query("SELECT FROM held") }
            try await waitUntil {
                try await blocker.query(
                    "SELECT FROM pg_locks WHERE pid = $1 AND NOT granted", process
                ).count == 1
            }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { _ = try await waiting.value }
            try await waitUntil {
                try await blocker.query("SELECT FROM pg_locks WHERE pid = $1", process).isEmpty
            }
        }
    }

    @Test(
        "the user's string goes before the program's settings, one by one",
        arguments: [
            ("lock_timeout", "30s", "7s"), ("TimeZone", "UTC", "UTC"),
            ("idle_in_transaction_session_timeout", "2min", "2min"),
            ("application_name", "sgs", "mine"),
        ])
    func settings(_ name: String, _ usual: String, _ users: String) async throws {
        try await withProxy { _, behind, _ in
            let own =
                behind + "&options=-c%20lock_timeout%3D7s%20-c%20tcp_keepalives_idle%3D77"
                + "&application_name=mine"
            for (url, expected) in [(behind, usual), (own, users)] {
                let connection = try await Connection.open(
                    url, options: ConnectionOptions(lockTimeout: 30_000))
                let rows = try await connection.query("SELECT current_setting($1) AS s", name)
                #expect(try rows[0].decode("s") == expected)
            }
        }
    }

    @Test("a session that idles in a transaction is ended by the server, and is lost")
    func idleInTransaction() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(
                url, options: ConnectionOptions(idleInTransactionTimeout: 20))
            let other = try await Connection.open(url)
            let process = await connection.serverProcess
            try await connection.run(script: "BEGIN")
            try await waitUntil {
                try await other.query("SELECT FROM pg_stat_activity WHERE pid = $1", process)
                    .isEmpty
            }
            #expect(
                await failure { try await connection.query("SELECT 1") }?.code == .connectionLost)
        }
    }
}
