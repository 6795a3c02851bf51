public import GroundSegment
public import PostgreSQL

/// Which logins may do what in the catalogue.
public struct AccessStore: Sendable {
    private let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Makes a login a member of a group role.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where the server has no such login;
    ///   `PostgreSQLError`.
    public func grant(_ role: CatalogueRole, to login: String) async throws {
        try await connection.transaction { connection in
            try Self.grant(role, to: login, on: connection)
        }
    }

    /// Lets a login take and report the orders of an SDC.
    ///
    /// - Throws: as `grant`.
    public func grantRunner(of sdc: ID<SDC>, to login: String) async throws {
        try await connection.transaction { connection in
            try Self.grant(.runner, to: login, on: connection)
            try connection.query(
                "INSERT INTO sgs.runner_login (login, sdc) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                login, sdc.text)
        }
    }

    private static func grant(
        _ role: CatalogueRole, to login: String, on connection: isolated Connection
    ) throws {
        let statements = try connection.query(
            "SELECT format('GRANT %I TO %I', $1::text, rolname) AS sql FROM pg_roles WHERE rolname = $2",
            role.rawValue, login)
        guard let row = statements.first else {
            throw CatalogueError(
                .unknownItem,
                "the server has no login \(login); an administrator makes it with CREATE ROLE")
        }
        try connection.run(script: row.decode("sql"))
    }
}
