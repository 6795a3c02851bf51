import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct CopyTests {
    static let awkward: [String?] = [
        nil, "", "\\N", "\\", "\\.", "a\tb", "line\nline", "carriage\rreturn", "both\r\n", "\\t",
        "back\u{8}space \u{1}\u{b}\u{c}", "ÅΩ 🔭", "NULL", "'\"", "{}",
    ]

    @Test("every text comes back as it was written, and NULL stays apart from the empty text")
    func escaping() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await connection.run(script: "CREATE TABLE held (id int, t text)")
            let count = try await connection.copy(into: "held", columns: ["id", "t"]) { writer in
                for (id, text) in Self.awkward.enumerated() { try writer.write(id, text) }
            }
            #expect(count == Self.awkward.count)
            let back = try await connection.query("SELECT t FROM held ORDER BY id")
                .map { try $0.decode("t", as: String?.self) }
            #expect(back == Self.awkward)
        }
    }

    @Test("rows beyond one buffer arrive in full")
    func manyRows() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await connection.run(script: "CREATE TABLE held (n bigint, d float8, t text)")
            try await connection.copy(into: "held", columns: ["n", "d", "t"]) { writer in
                for n in 1...100_000 { try writer.write(n, Double(n) / 3, "tile \(n)") }
            }
            let row = try await connection.query(
                "SELECT count(*) AS c, sum(n) AS n, bool_and(d = n / 3.0::float8) AS same FROM held"
            )[0]
            #expect(try row.decode("c") == 100_000)
            #expect(try row.decode("n") == 5_000_050_000)
            #expect(try row.decode("same") == true)
        }
    }

    @Test(
        "a row that the server refuses, or a writer that gives up, loads nothing and leaves the connection usable"
    )
    func refused() async throws {
        struct Stop: Error {}
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await connection.run(
                script: "CREATE TABLE held (n int CONSTRAINT few CHECK (n < 3))")
            let error = await failure {
                try await connection.copy(into: "held", columns: ["n"]) { writer in
                    for n in 1...3 { try writer.write(n) }
                }
            }
            #expect(error?.constraint == "few")
            await #expect(throws: Stop.self) {
                try await connection.copy(into: "held", columns: ["n"]) { writer in
                    try writer.write(1)
                    throw Stop()
                }
            }
            #expect(try await connection.query("SELECT FROM held").isEmpty)
        }
    }

    @Test("a COPY into a table that does not exist says so")
    func unknownTable() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let error = await failure {
                try await connection.copy(into: "nowhere", columns: ["n"]) { try $0.write(1) }
            }
            #expect(error?.sqlState == .undefinedTable)
        }
    }
}
