import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import PostgreSQL
import PostgreSQLServer

/// `sgs catalogue psql`
struct CataloguePsql: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on the catalogue; what follows -- goes to psql.",
        discussion: """
              sgs catalogue psql
              sgs catalogue psql -- -c "SELECT * FROM sgs.sdc_load LIMIT 5"
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(parsing: .postTerminator, help: "Arguments of psql.")
    var arguments: [String] = []

    func run() async throws {
        try await reportingErrors {
            let address = try await DatabaseAddress.find(
                named: options.database, directory: options.directory)
            let environment = try ConnectionString(address.connectionString).environment
            for (name, value) in environment { setenv(name, value, 1) }
            let program = try? ClientProgram.psql()
            let words = (["psql"] + arguments).map { strdup($0) } + [nil]
            execvp(program?.path ?? "psql", words)
            throw CommandError(
                .serviceMissing,
                "psql cannot be run: \(String(cString: strerror(errno))); "
                    + "run: apt-get install postgresql-client")
        }
    }
}
