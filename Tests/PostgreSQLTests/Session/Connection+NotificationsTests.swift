import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct NotificationTests {
    @Test("a notification wakes the listener, also while its connection does other work")
    func wakes() async throws {
        try await TestCluster.shared.withDatabase { url in
            let listener = try await Connection.open(url)
            let sender = try await Connection.open(url)
            let stream = try await listener.listen(on: "sgs orders")
            var iterator = stream.makeAsyncIterator()
            try await sender.query("SELECT pg_notify('sgs orders', 'SDC-FR')")
            #expect(try await iterator.next()?.payload == "SDC-FR")
            try await sender.query(
                "SELECT pg_notify('elsewhere', 'no'), pg_notify('sgs orders', '')")
            try await listener.query("SELECT 1")
            #expect(try await iterator.next()?.payload == "")
        }
    }

    @Test("listening ends with close and fails with a lost session")
    func ends() async throws {
        try await TestCluster.shared.withDatabase { url in
            let closed = try await Connection.open(url)
            let lost = try await Connection.open(url)
            var first = try await closed.listen(on: "a").makeAsyncIterator()
            var second = try await lost.listen(on: "a").makeAsyncIterator()
            let other = try await Connection.open(url)
            try await other.query("SELECT pg_terminate_backend($1)", lost.serverProcess)
            let error = await failure { try await second.next() }
            #expect(error?.code == .connectionLost)
            await closed.close()
            #expect(try await first.next() == nil)
        }
    }
}
