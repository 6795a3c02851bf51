import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct ConnectionTests {
    @Test("parameters and rows keep their values and types")
    func roundTrip() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let awkward = "tab\tquote'\"\\ newline\n ÅΩ 🔭"
            let rows = try await connection.query(
                """
                SELECT $1::text AS t, $2::bigint AS i, $3::float8 AS d, $4::bool AS b,
                    $5::text AS n, $6::text[] AS a, to_timestamp($7)::timestamptz AS ts
                """, awkward, Int.min, 0.1 + 0.2, true, String?.none, ["a,b", "", "NULL", awkward],
                1_800_000_000.25)
            let row = try #require(rows.first)
            #expect(try row.decode("t") == awkward)
            #expect(try row.decode("i") == Int.min)
            #expect(try row.decode("d") == 0.1 + 0.2)
            #expect(try row.decode("b") == true)
            #expect(try row.decode("n", as: String?.self) == nil)
            #expect(try row.decode("a") == ["a,b", "", "NULL", awkward])
            let seconds = try await connection.query(
                "SELECT extract(epoch FROM $1::timestamptz) AS s", row.decode("ts", as: String.self)
            )
            #expect(try seconds[0].decode("s") == 1_800_000_000.25)
        }
    }

    @Test("a column that is missing, NULL or of another type is named")
    func decodingFaults() async throws {
        try await TestCluster.shared.withDatabase { url in
            let rows = try await Connection.open(url).query("SELECT NULL AS cores, 'x' AS name")
            for (column, message) in [
                ("cores", "column cores: found NULL, expected Int"),
                ("name", "column name: found another type, expected Int"),
                ("site", "the result has no column site"),
            ] {
                let error = #expect(throws: PostgreSQLError.self) {
                    try rows[0].decode(column, as: Int.self)
                }
                #expect(error?.message == message)
                #expect(error?.code == .invalidValue)
            }
        }
    }

    @Test("a violated constraint is matched by its state and names the constraint, not the values")
    func constraint() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await connection.run(
                script: "CREATE TABLE sdc (id text CONSTRAINT sdc_once PRIMARY KEY)")
            try await connection.query("INSERT INTO sdc VALUES ($1)", "SDC-SECRET")
            do {
                try await connection.query("INSERT INTO sdc VALUES ($1)", "SDC-SECRET")
                Issue.record("the second row was taken")
            } catch SQLState.checkViolation {
                Issue.record("the state of another constraint matched")
            } catch SQLState.uniqueViolation {
                let error = try #require(
                    await failure {
                        try await connection.query("INSERT INTO sdc VALUES ($1)", "SDC-SECRET")
                    })
                #expect(error.constraint == "sdc_once")
                #expect(error.code == .statementFailed)
                #expect(
                    "\(error)"
                        == "PostgreSQL 23505: duplicate key value violates unique constraint \"sdc_once\""
                )
            }
        }
    }

    @Test("a parameter with a NUL character is refused instead of cut short")
    func nul() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let error = await failure { try await connection.query("SELECT $1::text", "a\0b") }
            #expect(error?.message == "parameter $1 holds a NUL character")
        }
    }

    @Test(
        "no server, a malformed string and a wrong password are connection failures that keep the password to themselves",
        arguments: [
            "postgresql:///x?host=/nonexistent&user=u&password=hunter22",
            "host=/nonexistent password=hunter22 nonsense",
            "postgresql://u:hunter22@@/x?host=/nonexistent",
            "postgresql://u:pw@hunter22@localhost:1/x",
        ])
    func connectionFailure(_ string: String) async throws {
        let error = try #require(await failure { try await Connection.open(string) })
        #expect(error.code == .connectionFailed)
        #expect(!"\(error)".contains("hunter22"))
    }

    @Test("cancel ends a statement that runs, and the connection stays usable")
    func cancel() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let watcher = try await Connection.open(url)
            let process = await connection.serverProcess
            async let long = failure { try await connection.query("SELECT pg_sleep(600)") }
            try await waitUntil {
                try await watcher.query(
                    "SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
                    process
                ).count == 1
            }
            connection.cancel()
            #expect(await long?.sqlState == .queryCanceled)
            #expect(try await connection.query("SELECT 1 AS one")[0].decode("one") == 1)
        }
    }

    @Test("a statement is cancelled at its time limit")
    func statementTimeout() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(
                url, options: ConnectionOptions(statementTimeout: 20))
            let error = await failure { try await connection.query("SELECT pg_sleep(600)") }
            #expect(error?.sqlState == .queryCanceled)
        }
    }

    @Test("a session that the server ended is lost, and said so again on the next call")
    func lost() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let other = try await Connection.open(url)
            try await other.query("SELECT pg_terminate_backend($1)", connection.serverProcess)
            for _ in 1...2 {
                #expect(
                    await failure { try await connection.query("SELECT 1") }?.code
                        == .connectionLost)
            }
            await other.close()
            #expect(await failure { try await other.query("SELECT 1") }?.code == .connectionLost)
        }
    }
}
