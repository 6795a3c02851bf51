import ArgumentParser
import Commands
import Execution
import Foundation
import Workflows

/// `sdc-runner size`
struct SizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Show how the short payloads of a pipeline would be grouped into jobs.",
        discussion: """
            A payload's time is what 95 % of those of its node took in the runs of the pipeline that \
            the store has, and what it asks for where there are none. Nothing is begun. A node whose \
            payloads do not fit has 0 per job.

              sdc-runner size night --walltime 4h --input frames=/data/f1.fits
              sdc-runner size night --walltime 90m --memory 8192 --cluster 200 --json
            """)

    @Argument(help: "Name of the pipeline.")
    var pipeline: String

    @Option(help: "The most that a job may last: 4h, 90m, 2d, 600s or 600.")
    var walltime: Walltime

    @Option(help: "What a job has, MiB.")
    var memory: Int?

    @Option(help: "The most payloads of a job.")
    var cluster = ClusterTerms.mostPayloads

    @Option(help: ArgumentHelp("A file for an input; again for each file.", valueName: "port=path"))
    var input: [String] = []

    @Option(help: "Folder of the pipelines' documents.")
    var pipelines = ProgramPlaces.pipelines

    @OptionGroup var store: StoreOptions

    func validate() throws {
        try SubmissionOptions.validate(input)
        guard (1...ClusterTerms.mostPayloads).contains(cluster) else {
            throw ValidationError(
                "--cluster \(cluster): expected 1 to \(ClusterTerms.mostPayloads)")
        }
        guard (memory ?? 1) > 0 else {
            throw ValidationError("--memory \(memory ?? 0): expected at least 1")
        }
    }

    func run() async throws {
        let files = SubmissionOptions.files(input)
        let found = try SubmissionOptions.pipeline(pipeline, in: pipelines, files: files)
        try await store.reporting {
            let sizing = JobSizing(
                RunForecast(found.graph, files: files), walltime: walltime.seconds,
                memory: memory, mostPayloads: cluster, measured: try await measured())
            try store.show(sizing, sizing.text)
        }
    }

    /// What the store has of the pipeline; nothing where no runner has run here.
    private func measured() async throws -> [String: MeasuredWalltimes] {
        guard store.sdc != nil || FileManager.default.fileExists(atPath: store.state) else {
            return [:]
        }
        let places = try store.places()
        guard places.count < 2 else {
            let sdcs = places.map(\.sdc.text).joined(separator: ", ")
            throw CommandError(.usage, "\(store.state) has \(sdcs): say which with --sdc")
        }
        return try await places.first?.store.walltimes(of: pipeline) ?? [:]
    }
}

/// A length of time as it is given on the command line: a number with the unit s, m, h or d.
struct Walltime: ExpressibleByArgument {
    /// More than 0, at most 10^9.
    let seconds: Double

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        let unit = argument.last.flatMap { units[$0] }
        guard let number = Double(unit == nil ? argument[...] : argument.dropLast()) else {
            return nil
        }
        seconds = number * (unit ?? 1)
        guard seconds > 0, seconds <= 1e9 else { return nil }
    }
}
