import ArgumentParser
import Catalogue
import Commands
import Documents

/// `sgs catalogue migrate`
struct CatalogueMigrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the catalogue's schema up to date, or make it in an empty database.",
        discussion: """
              sgs catalogue migrate
              sgs catalogue migrate --database postgresql://db.example.org/sgs
            """)

    @OptionGroup var options: DatabaseOptions

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let migrations = try await Migrator().migrate(options.connect())
            answer.show(
                ["migrations": .list(migrations.map(\.json))],
                migrations.map { "migration \($0.number): \($0.name)" })
            if migrations.isEmpty { answer.remark("the schema is up to date") }
        }
    }
}
