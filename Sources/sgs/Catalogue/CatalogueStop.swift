import ArgumentParser
import Catalogue
import Commands

/// `sgs catalogue stop`
struct CatalogueStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop the private PostgreSQL cluster; its data stay.")

    @OptionGroup var folder: ClusterOptions

    func run() async throws {
        try await reportingErrors {
            let cluster = try folder.cluster()
            let stopped = try await cluster.stop()
            SGS.remark(
                stopped
                    ? "stopped the private catalogue in \(cluster.directory)"
                    : "the private catalogue in \(cluster.directory) was not running")
        }
    }
}
