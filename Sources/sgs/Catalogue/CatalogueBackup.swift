import ArgumentParser
import Catalogue
import Commands
import Documents

/// `sgs catalogue backup`
struct CatalogueBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write everything that the catalogue holds into a file.",
        discussion: """
            While others go on working; the file is what the catalogue held when the backup began. \
            Exit status 73 where the file exists or cannot be written.

              sgs catalogue backup sgs-2027-01-07.dump
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "The file to write.")
    var file: String

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            await (try options.open()).close()
            try await CatalogueArchive(options.address()).backup(to: file)
            answer.show(["file": .text(file)], ["backup     \(file)"])
        }
    }
}
