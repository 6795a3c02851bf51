import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

/// `sdc-runner profile export`
struct ProfileExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the samples of all attempts, one JSON document a line (NDJSON).",
        discussion: """
            For a store of all SDCs' samples, and for programs that look at them: each line has its \
            SDC, run, payload, attempt and host, what all processes of the attempt used at that \
            instant (rss, vms, read and written in MiB) and what the attempt was given. Those of \
            attempts that run are there, too. contrib/schemas/sdc-runner-profile-export.schema.json \
            describes a line.

              sdc-runner profile export --format ndjson > samples.ndjson
              sdc-runner profile export --since 2027-01-04T00:00:00Z --sdc SDC-FR
              sdc-runner profile export --id 17
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case ndjson }

    @Option(help: "ndjson: one JSON document a line.")
    var format = Format.ndjson

    @Option(help: "Only samples from this instant on, ISO 8601.", transform: MJD.argument)
    var since: MJD?

    @Option(help: "Only the run of this identifier or number.")
    var id: String?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.reporting {
            var chosen = filter.filter
            chosen.name = id
            let output = FileHandle.standardOutput
            for place in try store.places() {
                try await place.store.exportSamples(
                    of: place.sdc, chosen, since: since, at: store.now
                ) { lines in
                    do { try output.write(contentsOf: lines) } catch {
                        throw CommandError(.cannotWrite, "standard output: \(error)")
                    }
                }
            }
        }
    }
}
