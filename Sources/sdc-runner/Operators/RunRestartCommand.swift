import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Workflows

/// `sdc-runner run restart`
struct RunRestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Do again what did not complete of a run.",
        discussion: """
            With --from that payload is done again, and all that follows from it. What has been \
            done with the same command, inputs and release is not done again, but for the payload \
            that --from names; with --force it is.

            Programs, resources and policies may be corrected: with --resources for a payload \
            (fields cores, ram_MiB, vms_MiB, walltime_s, tmp_MiB, gpus), or with --graph by a \
            document of a pipeline of the same shape.

              sdc-runner run restart 17
              sdc-runner run restart 17 --from stack --force
              sdc-runner run restart 17 --resources 'stack={"ram_MiB": 8192}'
              sdc-runner run restart 17 --graph tile.json --pipelines contrib/pipelines
            """)

    @Option(help: "The payload to begin with: correct.iterations.3.flat.")
    var from: String?

    @Option(help: ArgumentHelp("Corrected resources of a payload.", valueName: "payload=json"))
    var resources: [String] = []

    @Option(help: "A corrected pipeline document.")
    var graph: String?

    @Option(help: "Folder of the pipelines that the document may name.")
    var pipelines = ProgramPlaces.pipelines

    @Flag(help: "Do again, too, what has been done with the same command, inputs and release.")
    var force = false

    @OptionGroup var options: RunOptions

    func validate() throws {
        for text in resources where text.firstIndex(of: "=") == nil {
            throw ValidationError("--resources \(text): expected PAYLOAD=JSON")
        }
    }

    func run() async throws {
        let pairs = resources.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1]))
        }
        try await options.control.give(
            .restart(
                run: options.run, payload: from,
                resources: Dictionary(pairs, uniquingKeysWith: { $1 }), graph: try document(),
                force: force))
    }

    /// The pipelines that the document may name; none where their folder is not good.
    private var library: [String: Graph] {
        let library = try? PipelineLibrary(
            folder: SiteOptions.absolute(pipelines), searchPath: SiteOptions.searchPath)
        return library?.pipelines.mapValues(\.graph) ?? [:]
    }

    private func document() throws -> String? {
        guard let graph else { return nil }
        guard let data = FileManager.default.contents(atPath: graph) else {
            throw CommandError(.unknownItem, "\(graph): there is no such file")
        }
        do {
            return try GraphReader.read(data, file: graph, library: library).document
        } catch {
            throw CommandError(.badInput, lines: error.diagnostics.map(\.description))
        }
    }
}
