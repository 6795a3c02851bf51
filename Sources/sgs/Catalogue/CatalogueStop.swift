import ArgumentParser
import Catalogue
import Commands
import Documents

/// `sgs catalogue stop`
struct CatalogueStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop the private PostgreSQL cluster; its data stay.",
        discussion: """
              sgs catalogue stop
            """)

    @OptionGroup var folder: ClusterOptions

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let cluster = try folder.cluster()
            let stopped = try await cluster.stop()
            answer.show(
                ["directory": .text(cluster.directory), "stopped": .boolean(stopped)], [])
            answer.remark(
                stopped
                    ? "stopped the private catalogue in \(cluster.directory)"
                    : "the private catalogue in \(cluster.directory) was not running")
        }
    }
}
