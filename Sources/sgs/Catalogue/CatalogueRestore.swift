import ArgumentParser
import Catalogue
import Commands
import Documents

/// `sgs catalogue restore`
struct CatalogueRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a backup into a database that holds no distribution; all or nothing.",
        discussion: """
              sgs catalogue start --directory .state/second
              sgs catalogue restore sgs-2027-01-07.dump --directory .state/second
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "The file that sgs catalogue backup wrote.")
    var file: String

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            try await CatalogueArchive(options.address()).restore(from: file)
            let connection = try await options.connect()
            for migration in try await Migrator().migrate(connection) {
                answer.remark("migration \(migration.number): \(migration.name)")
            }
            answer.show(["file": .text(file)], ["restored   \(file)"])
        }
    }
}
