import ArgumentParser
import Catalogue
import Commands
import Documents
import GroundSegment

/// `sgs catalogue url`
struct CatalogueURL: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url",
        abstract: "Print the private catalogue's libpq URL, for --database and for psql.",
        discussion: """
              sgs catalogue url
            """)

    @OptionGroup var folder: ClusterOptions

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let cluster = try folder.cluster()
            let url = try await DatabaseAddress.find(directory: cluster.directory).connectionString
            answer.show(["url": .text(url)], [url])
        }
    }
}
