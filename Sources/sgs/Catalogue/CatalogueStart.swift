import ArgumentParser
import Catalogue
import Commands
import Documents
import PostgreSQL

/// `sgs catalogue start`
struct CatalogueStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the private PostgreSQL cluster, and create it the first time.",
        discussion: """
            A cluster that runs already is left running.  Prints the catalogue's URL.

              sgs catalogue start
              sgs catalogue start --directory /data/sgs/catalogue
            """)

    @OptionGroup var folder: ClusterOptions

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let cluster = try folder.cluster()
            let started = try await cluster.start()
            let connection = try await Connection.open(cluster.url)
            let migrations = try await Migrator().migrate(connection)
            await connection.close()
            switch started {
            case .created:
                answer.remark("created and started the private catalogue in \(cluster.directory)")
            case .started: answer.remark("started the private catalogue in \(cluster.directory)")
            case .alreadyRunning:
                answer.remark("the private catalogue in \(cluster.directory) is running already")
            }
            for migration in migrations {
                answer.remark("migration \(migration.number): \(migration.name)")
            }
            answer.show(
                [
                    "url": .text(cluster.url), "directory": .text(cluster.directory),
                    "started": .boolean(started != .alreadyRunning),
                    "migrations": .list(migrations.map(\.json)),
                ], [cluster.url])
        }
    }
}
