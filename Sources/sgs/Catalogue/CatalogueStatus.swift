import ArgumentParser
import Catalogue
import Commands
import GroundSegment
import PostgreSQL

/// `sgs catalogue status`
struct CatalogueStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say whether the catalogue answers, and what it holds.",
        discussion: "Exit status 0 where it does, 69 where it does not.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.connect()
            let server = try await connection.query(
                """
                SELECT current_setting('server_version') AS version, current_database() AS name,
                    pg_size_pretty(pg_database_size(current_database())) AS size
                """)[0]
            print("server       PostgreSQL \(try server.decode("version", as: String.self))")
            print("database     \(try server.decode("name", as: String.self))")
            print("size         \(try server.decode("size", as: String.self))")
            try await Migrator().check(connection)
            print("schema       \(Migration.all.count) migrations, up to date")
            let plans = PlanStore(connection)
            for survey in try await plans.surveys() {
                guard let plan = try await plans.plans(of: survey).first else { continue }
                print(
                    "survey       \(survey): revision \(plan.revision), \(plan.name), "
                        + "published \(plan.publishedAt)")
            }
        }
    }
}
