import ArgumentParser
import Commands
import CommonWorkflow
import Documents
import Foundation
import GroundSegment
import UnixSignals

/// `sdc-runner cwl-step`: what a payload of a CWL document runs, with its ports as options.
struct CWLStepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cwl-step",
        abstract: "Run one step of a CWL document, as a payload of a runner does.",
        discussion: """
            What `submit WORKFLOW.cwl` makes payloads of; the runner adds the paths of the ports. \
            Exit status as that of `sdc-runner cwl`.

              sdc-runner cwl-step two.cwl --digest "$DIGEST" --step first \\
                  --workdir=work --job=job.yaml --outputs=out.json --files=files.json
            """, shouldDisplay: false)

    @Argument(help: "The document.")
    var document: String

    @Option(help: "SHA-256 of what the document was read from when it was submitted.")
    var digest: String

    @Option(help: "The step; without it the whole document.")
    var step: String?

    @Option(help: "Folder for the outputs of the whole document, of what its steps have given.")
    var results: String?

    @Option(help: "Folder to which files in the input object are relative.")
    var basedir: String?

    @Argument(
        parsing: .allUnrecognized,
        help: "--PORT=PATH: workdir, job, outputs, files, and from_0, from_1 and so on.")
    var ports: [String] = []

    /// The paths behind `--PORT=PATH`, in order.
    private var paths: [(port: String, path: String)] {
        ports.compactMap { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard word.hasPrefix("--"), parts.count == 2 else { return nil }
            return (String(parts[0].dropFirst(2)), String(parts[1]))
        }
    }

    private func path(_ port: String) throws -> String {
        guard let found = paths.first(where: { $0.port == port }) else {
            throw CommandError(.usage, "--\(port)=PATH is missing")
        }
        return found.path
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let (workFolder, outputs, list) = try (path("workdir"), path("outputs"), path("files"))
        let earlier = try paths.filter { $0.port.hasPrefix("from_") }.map {
            try String(contentsOfFile: $0.path, encoding: .utf8)
        }
        let given: CWLPartOutputs
        do throws(CWLError) {
            let document = try CWLDocument(
                tool: document, job: paths.first { $0.port == "job" }?.path, in: workFolder,
                baseFolder: basedir, environment: environment)
            try document.check(digest: digest)
            let run = CWLRun(
                outputFolder: results ?? workFolder + "/given", temporaryFolder: workFolder,
                environment: environment,
                executor: LocalExecutor(cores: environment["SGS_CORES"].flatMap { Int($0) }),
                remark: { SDCRunner.remark($0) })
            let (step, isResult) = (step, results != nil)
            given = try await Self.stoppable { () throws(CWLError) in
                isResult
                    ? try await run.results(of: document, parts: earlier)
                    : try await run.outputs(ofStep: step, of: document, earlier: earlier)
            }
        } catch {
            throw CommandError(error)
        }
        for (text, path) in [
            (given.document, outputs), (JSONValue.list(given.files).encoded, list),
        ] {
            do { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) } catch {
                throw CommandError(.cannotWrite, "\(path): \(error.localizedDescription)")
            }
        }
    }

    /// Does the work of a document; the first signal ends all that was started and removes what is
    /// temporary, a second one ends this program at once.
    static func stoppable<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(CWLError) -> Value
    ) async throws(CWLError) -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let running = Task { () async -> Result<Value, CWLError> in
            do throws(CWLError) { return .success(try await work()) } catch {
                return .failure(error)
            }
        }
        let watching = Task {
            for await _ in signals {
                if running.isCancelled { _exit(ExitStatus.interrupted.rawValue) }
                running.cancel()
            }
        }
        defer { watching.cancel() }
        return try await running.value.get()
    }
}
