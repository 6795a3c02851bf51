import ArgumentParser
import Catalogue
import Commands

/// `sgs catalogue migrate`
struct CatalogueMigrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the catalogue's schema up to date, or make it in an empty database.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await reportingErrors {
            let migrations = try await Migrator().migrate(options.connect())
            for migration in migrations {
                print("migration \(migration.number): \(migration.name)")
            }
            if migrations.isEmpty { SGS.remark("the schema is up to date") }
        }
    }
}
