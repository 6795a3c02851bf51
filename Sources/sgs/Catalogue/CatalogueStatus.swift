import ArgumentParser
import Catalogue
import Commands
import Documents
import GroundSegment
import PostgreSQL

/// `sgs catalogue status`
struct CatalogueStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say whether the catalogue answers, and what it holds.",
        discussion: """
            Exit status 0 where it does, 69 where it does not.

              sgs catalogue status
              sgs catalogue status --database postgresql://db.example.org/sgs
            """)

    @OptionGroup var options: DatabaseOptions

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.connect()
            let server = try await connection.query(
                """
                SELECT current_setting('server_version') AS version, current_database() AS name,
                    pg_size_pretty(pg_database_size(current_database())) AS size
                """)[0]
            let version = try server.decode("version", as: String.self)
            let name = try server.decode("name", as: String.self)
            let size = try server.decode("size", as: String.self)
            let head = [
                "server       PostgreSQL \(version)", "database     \(name)",
                "size         \(size)",
            ]
            do {
                try await Migrator().check(connection)
            } catch {
                if !answer.json { answer.show(.null, head) }
                throw error
            }
            let plans = PlanStore(connection)
            var newest: [PublishedPlan] = []
            for survey in try await plans.surveys() {
                if let plan = try await plans.plans(of: survey).first { newest.append(plan) }
            }
            answer.show(
                [
                    "server": .text(version), "database": .text(name), "size": .text(size),
                    "migrations": .integer(Migration.all.count),
                    "surveys": .list(newest.map(\.json)),
                ],
                head + ["schema       \(Migration.all.count) migrations, up to date"]
                    + newest.map {
                        "survey       \($0.survey): revision \($0.revision), \($0.name), "
                            + "published \($0.publishedAt)"
                    })
        }
    }
}
