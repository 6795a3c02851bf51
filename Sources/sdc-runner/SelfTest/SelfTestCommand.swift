import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Logging
import Payloads

/// `sdc-runner selftest`
struct SelfTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest", abstract: "Show what this release can do on this machine.",
        discussion: """
            Runs the self-test's pipelines on a runner of its own, in a temporary folder, and \
            prints a line for each feature: ok, or what was found instead. Needs one core and \
            128 MiB. No order, store or storage of an SDC is touched.

            --digest prints one SHA-256, the same wherever the same release does the same.

            Exit status 0 where all features are there, else 1.

              sdc-runner selftest
              sdc-runner selftest --digest
            """)

    @Option(help: "Folder of the self-test's pipelines.")
    var pipelines = "\(ProgramPlaces.pipelines)/selftest"

    @Flag(help: "Print the digest alone.")
    var digest = false

    @OptionGroup var answer: AnswerOptions

    @Flag(help: "Keep the temporary folder and print its path on standard error.")
    var keep = false

    private struct Answer: Encodable {
        let ok: Bool
        let features: [SelfTestResult.Row]
        let digest: String
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("sdc-selftest-\(UUID().uuidString)")
            .standardizedFileURL.path
        defer {
            if keep {
                SDCRunner.remark("kept: \(folder)")
            } else {
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
        let result: SelfTestResult
        do {
            var logger = Logger(label: "sdc-runner") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = .critical
            result = try await SelfTest(
                library: try PipelineLibrary(
                    folder: SiteOptions.absolute(pipelines), searchPath: SiteOptions.searchPath),
                folder: folder,
                room: Room(
                    cores: ProcessInfo.processInfo.activeProcessorCount,
                    memory: Int(ProcessInfo.processInfo.physicalMemory >> 20)),
                agent: try SiteOptions.agent()
            ).run(logger: logger)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
        try show(result)
        if !result.isOK { throw ExitCode(ExitStatus.failure.rawValue) }
    }

    private func show(_ result: SelfTestResult) throws {
        try answer.show(
            Answer(ok: result.isOK, features: result.features, digest: result.digest),
            digest ? result.digest : result.text)
        guard digest, !answer.json else { return }
        for row in result.features where !row.isOK {
            SDCRunner.remark("\(row.feature): \(row.found)")
        }
    }
}
