import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct TransactionTests {
    private func withTable(_ body: @Sendable (Connection, String) async throws -> Void) async throws
    {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await connection.run(
                script:
                    "CREATE TABLE held (id int PRIMARY KEY, n int NOT NULL); INSERT INTO held VALUES (1, 0), (2, 0)"
            )
            try await body(connection, url)
        }
    }

    @Test("a transaction whose body throws leaves nothing")
    func rollsBack() async throws {
        struct Stop: Error {}
        try await withTable { connection, _ in
            await #expect(throws: Stop.self) {
                try await connection.transaction { connection in
                    try connection.query("INSERT INTO held VALUES (3, 0)")
                    throw Stop()
                }
            }
            let rows = try await connection.query("SELECT FROM held")
            #expect(rows.count == 2)
        }
    }

    @Test("a transaction that goes on after a failed statement is not taken for committed")
    func swallowedError() async throws {
        try await withTable { connection, _ in
            let error = await failure {
                try await connection.transaction { connection in
                    try connection.query("INSERT INTO held VALUES (3, 0)")
                    _ = try? connection.query("INSERT INTO held VALUES (1, 0)")
                }
            }
            #expect(
                error?.message
                    == "the transaction was rolled back: one of its statements had failed")
            let rows = try await connection.query("SELECT FROM held")
            #expect(rows.count == 2)
        }
    }

    @Test("transactions that conflict are run again and all take effect")
    func serializationRetry() async throws {
        try await withTable { connection, url in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...4 {
                    group.addTask {
                        let own = try await Connection.open(url)
                        for _ in 1...10 {
                            try await own.transaction(isolation: .serializable, attempts: 1000) {
                                let n = try $0.query("SELECT n FROM held WHERE id = 1")[0]
                                    .decode("n", as: Int.self)
                                try $0.query("UPDATE held SET n = $1 WHERE id = 1", n + 1)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(
                try await connection.query("SELECT n FROM held WHERE id = 1")[0].decode("n") == 40)
        }
    }

    @Test("a conflict is an error where it may not be tried again")
    func withoutRetry() async throws {
        try await withTable { connection, url in
            let other = try await Connection.open(url)
            try await other.run(script: "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT n FROM held")
            let process = try await other.query("SELECT pg_backend_pid() AS p")[0].decode(
                "p", as: Int.self)
            #expect(process > 0)
            try await connection.query("UPDATE held SET n = 7 WHERE id = 1")
            let error = await failure {
                try await other.query("UPDATE held SET n = 8 WHERE id = 1")
            }
            #expect(error?.sqlState == .serializationFailure)
            #expect(error?.sqlState?.isRetryable == true)
        }
    }
}
