import ArgumentParser
import Catalogue

/// `sgs catalogue stop`
struct CatalogueStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop the private PostgreSQL cluster; its data stay.")

    @OptionGroup var folder: ClusterOptions

    func run() async throws {
        try await reportingFailures {
            let cluster = try folder.cluster()
            let stopped = try await cluster.stop()
            remark(
                stopped
                    ? "stopped the private catalogue in \(cluster.directory)"
                    : "the private catalogue in \(cluster.directory) was not running")
        }
    }
}
